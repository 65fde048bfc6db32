package io.tenure.segment.domain.journey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one user, in order of time; of one instant in an order that is the same each time.
 *
 * @param events as {@link Packing} makes them; whoever gets a journey may change them
 * @param columns for each column that was asked for a text for each event: {@code =} and the value,
 *     or empty where the event has none
 */
public record Journey(long[] events, List<List<String>> columns) {

  /** The value of a column at an event as {@link #written} writes it. */
  public String text(int column, int event) {
    return columns.get(column).get(event);
  }

  /** The value of a column at an event; null where it has none. */
  public @Nullable String value(int column, int event) {
    return read(text(column, event));
  }

  /** A value as the texts of columns have it, so that no value and an empty one stay apart. */
  public static String written(@Nullable String value) {
    return value == null ? "" : "=" + value;
  }

  /** The value of such a text. */
  public static @Nullable String read(String text) {
    return text.isEmpty() ? null : text.substring(1);
  }
}
