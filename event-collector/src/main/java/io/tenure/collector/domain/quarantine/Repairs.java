package io.tenure.collector.domain.quarantine;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.record.Dialect;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies repairs to a record, in their order. What a repair finds no use for stays as it is. */
final class Repairs {

  /** Fields whose only meaning is to name the record: who sets one wants another identity. */
  private static final Set<String> ID_FIELDS = Set.of("messageId", "event_id", "_track_id");

  /** Where the form of a payload that could not be opened is found. */
  private static final String FORM = "$form";

  private final List<Repair> repairs;

  Repairs(List<Repair> repairs) {
    this.repairs = List.copyOf(repairs);
  }

  /** The repaired record; the given one stays. */
  Draft apply(Draft draft) {
    if (repairs.isEmpty() || draft.fault() != null) {
      return draft;
    }
    Map<String, Object> fields = copy(draft.fields());
    for (Repair repair : repairs) {
      apply(repair, draft, fields);
    }
    return draft.with(fields);
  }

  /** The form of a payload without the fields that a repair removes, for example its checksum. */
  Map<String, String> apply(Map<String, String> form) {
    Map<String, String> changed = new LinkedHashMap<>(form);
    for (Repair repair : repairs) {
      if (repair instanceof Repair.RemoveField(FieldPath path)
          && path.names().getFirst().equals(FORM)) {
        changed.remove(path.names().getLast());
      }
    }
    return changed;
  }

  /** Whether a repair changes on purpose by what the record is recognised. */
  boolean changesIdentity() {
    return repairs.stream()
        .flatMap(
            repair ->
                repair instanceof Repair.SetField(FieldPath path, Object value)
                    ? Stream.of(path)
                    : Stream.empty())
        .anyMatch(path -> path.names().size() == 1 && ID_FIELDS.contains(path.names().getFirst()));
  }

  private static void apply(Repair repair, Draft draft, Map<String, Object> fields) {
    switch (repair) {
      case Repair.RenameEvent(String from, String to) -> {
        String field = draft.dialect() == Dialect.NATIVE ? "name" : "event";
        if (from.isEmpty() || from.equals(fields.get(field))) {
          fields.put(field, to);
        }
      }
      case Repair.RenameProperty(String from, String to) -> {
        rename(fields.get("properties"), from, to);
        rename(fields.get("traits"), from, to);
      }
      case Repair.SetField(FieldPath path, Object value) -> path.set(fields, copyOf(value));
      case Repair.RemoveField(FieldPath path) -> path.remove(fields);
      case Repair.TextToNumber(FieldPath path) ->
          path.get(fields).ifPresent(value -> number(path, fields, value));
      case Repair.NumberToText(FieldPath path) ->
          path.get(fields)
              .filter(Number.class::isInstance)
              .ifPresent(
                  value ->
                      path.set(
                          fields,
                          value instanceof BigDecimal decimal && decimal.scale() >= 0
                              ? decimal.toPlainString()
                              : value.toString()));
      case Repair.SetTimeToReceiveTime now -> setTime(draft, fields);
    }
  }

  private static void number(FieldPath path, Map<String, Object> fields, Object value) {
    if (value instanceof String text && text.length() <= 80) {
      try {
        path.set(fields, new BigDecimal(text.strip()));
      } catch (NumberFormatException notANumber) {
        return;
      }
    }
  }

  private static void setTime(Draft draft, Map<String, Object> fields) {
    Instant time = draft.receiveTime();
    switch (draft.dialect()) {
      case SENSORS -> fields.put("time", time.toEpochMilli());
      case SEGMENT -> {
        fields.remove("originalTimestamp");
        fields.put("timestamp", time.toString());
        // Ours is no device's clock: nothing is to be corrected.
        fields.put("sentAt", time.toString());
      }
      case NATIVE -> fields.put("event_time", time.toString());
    }
  }

  private static void rename(@Nullable Object object, String from, String to) {
    if (object instanceof Map<?, ?> map && map.containsKey(from) && !map.containsKey(to)) {
      @SuppressWarnings("unchecked")
      Map<String, Object> properties = (Map<String, Object>) map;
      properties.put(to, properties.remove(from));
    }
  }

  private static Map<String, Object> copy(Map<String, Object> map) {
    Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
    map.forEach((name, value) -> copy.put(name, copyOf(value)));
    return copy;
  }

  @SuppressWarnings("unchecked")
  private static Object copyOf(Object value) {
    return switch (value) {
      case Map<?, ?> map -> copy((Map<String, Object>) map);
      case List<?> list -> {
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(copyOf(element)));
        yield copy;
      }
      default -> value;
    };
  }
}
