package io.tenure.segment.domain.catalogue;

import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How often and when something was seen.
 *
 * @param events how many events have it
 * @param first when the first one happened; null without any
 * @param last when the last one happened; null without any
 */
public record Occurrence(long events, @Nullable Instant first, @Nullable Instant last) {

  /** Of what was not seen. */
  static final Occurrence NONE = new Occurrence(0, null, null);

  static <T> Comparator<T> order(Function<T, Occurrence> occurrence, Function<T, String> name) {
    return Comparator.<T>comparingLong(one -> -occurrence.apply(one).events()).thenComparing(name);
  }
}
