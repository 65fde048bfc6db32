package io.tenure.segment.domain.cohort;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of everybody, and of users by the value of their start.
 *
 * @param <P> the numbers of some users
 * @param all everybody
 * @param values by value, the most frequent first
 * @param others users of all other values; null without any
 * @param valueCount how many values there are
 */
public record Parts<P>(P all, List<Value<P>> values, @Nullable P others, int valueCount) {

  /**
   * Users with one value of the start.
   *
   * @param value the value; null for users without one
   */
  public record Value<P>(@Nullable String value, P part) {}

  /** Takes some users. */
  @FunctionalInterface
  public interface Visitor<P> {
    /**
     * @param kind {@code all}, {@code value} or {@code other}
     */
    void part(String kind, @Nullable String value, P part);
  }

  /** Visits everybody, then each value, then all others. */
  public void each(Visitor<P> visitor) {
    visitor.part("all", null, all);
    values.forEach(value -> visitor.part("value", value.value(), value.part()));
    if (others != null) {
      visitor.part("other", null, others);
    }
  }
}
