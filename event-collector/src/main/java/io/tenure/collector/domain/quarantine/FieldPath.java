package io.tenure.collector.domain.quarantine;

import io.tenure.platform.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names a field of a record, level by level. */
public record FieldPath(List<String> names) {

  private static final int DEEPEST = 16;

  /** Copies the names. */
  public FieldPath {
    names = List.copyOf(names);
  }

  /**
   * Reads {@code properties.amount}; {@code \.} is a dot in a name.
   *
   * @throws Failure INVALID_ARGUMENT when a name is empty
   */
  public static FieldPath parse(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        name.append(text.charAt(++i));
      } else if (c == '.') {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    if (names.contains("") || names.size() > DEEPEST) {
      throw Failure.invalid("path", "must be 1 to " + DEEPEST + " names separated by dots");
    }
    return new FieldPath(names);
  }

  Optional<Object> get(Map<String, Object> record) {
    return parent(record, false).flatMap(parent -> Optional.ofNullable(value(parent)));
  }

  void set(Map<String, Object> record, Object value) {
    parent(record, true).ifPresent(parent -> parent.put(names.getLast(), value));
  }

  void remove(Map<String, Object> record) {
    parent(record, false).ifPresent(parent -> parent.remove(names.getLast()));
  }

  private @Nullable Object value(Map<String, Object> parent) {
    return parent.get(names.getLast());
  }

  /** Empty when something that is not an object is in the way. */
  @SuppressWarnings("unchecked")
  private Optional<Map<String, Object>> parent(Map<String, Object> record, boolean make) {
    Map<String, Object> parent = record;
    for (String name : names.subList(0, names.size() - 1)) {
      @Nullable Object next = parent.get(name);
      if (next == null && make) {
        next = new LinkedHashMap<String, Object>();
        parent.put(name, next);
      }
      if (!(next instanceof Map<?, ?> map)) {
        return Optional.empty();
      }
      parent = (Map<String, Object>) map;
    }
    return Optional.of(parent);
  }

  @Override
  public String toString() {
    return String.join(
        ".", names.stream().map(n -> n.replace("\\", "\\\\").replace(".", "\\.")).toList());
  }
}
