package io.tenure.profile.store;

import io.tenure.platform.redis.BulkArguments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields by which one hash differs from another. Only they travel: most of a profile stays as
 * it is when a record is applied.
 */
final class HashChange {

  private final List<String> removed = new ArrayList<>(0);
  private final List<String> written = new ArrayList<>(32);

  /** A field; null for a hash without it. */
  <T> void field(
      String name, @Nullable T before, @Nullable T after, Function<? super T, String> text) {
    if (after == null) {
      if (before != null) {
        removed.add(name);
      }
    } else if (!after.equals(before)) {
      written.add(name);
      written.add(text.apply(after));
    }
  }

  /** A field that is a text or a number. */
  <T> void field(String name, @Nullable T before, @Nullable T after) {
    field(name, before, after, Object::toString);
  }

  /** A point in time. */
  void time(String name, @Nullable Instant before, @Nullable Instant after) {
    field(name, before, after, time -> Long.toString(time.toEpochMilli()));
  }

  /** A field for each entry. */
  <K, V> void fields(
      String prefix, Map<K, V> before, Map<K, V> after, Function<? super V, String> text) {
    int common = 0;
    for (Map.Entry<K, V> entry : after.entrySet()) {
      V value = entry.getValue();
      @Nullable V was = before.get(entry.getKey());
      common += was == null ? 0 : 1;
      if (!value.equals(was)) {
        written.add(prefix + entry.getKey());
        written.add(text.apply(value));
      }
    }
    if (common < before.size()) {
      for (K key : before.keySet()) {
        if (!after.containsKey(key)) {
          removed.add(prefix + key);
        }
      }
    }
  }

  /** A field for each element, by its place. */
  void list(String prefix, List<String> before, List<String> after) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      field(
          prefix + i,
          i < before.size() ? before.get(i) : null,
          i < after.size() ? after.get(i) : null);
    }
  }

  /** A field without content for each element. */
  <T> void set(String prefix, Set<T> before, Set<T> after, Function<T, String> text) {
    for (T element : after) {
      if (!before.contains(element)) {
        written.add(prefix + text.apply(element));
        written.add("");
      }
    }
    for (T element : before) {
      if (!after.contains(element)) {
        removed.add(prefix + text.apply(element));
      }
    }
  }

  /** Adds how many fields to remove, these, and name and value of each field to set. */
  void addTo(BulkArguments arguments) {
    arguments.text(Integer.toString(removed.size()));
    removed.forEach(arguments::text);
    written.forEach(arguments::text);
  }
}
