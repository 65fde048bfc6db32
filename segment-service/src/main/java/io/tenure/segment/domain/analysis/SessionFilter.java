package io.tenure.segment.domain.analysis;

import io.tenure.condition.domain.EventSelector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions an event must lie in to count.
 *
 * @param rule when a session of all events ends
 * @param entry its first event; null for any
 * @param with one of its events; null for any
 * @param without none of its events; null for none
 * @param leastEvents how many events it has at least
 * @param mostEvents how many events it has at most
 * @param shortest how long it is at least, from the first to the last event
 * @param longest how long it is at most
 */
public record SessionFilter(
    SessionRule rule,
    @Nullable EventSelector entry,
    @Nullable EventSelector with,
    @Nullable EventSelector without,
    int leastEvents,
    int mostEvents,
    Duration shortest,
    Duration longest) {

  /** Accepts limits that some session can fulfil. */
  public SessionFilter {
    if (leastEvents < 1 || leastEvents > mostEvents) {
      throw new IllegalArgumentException(
          "The least number of events must be positive and no more than the most");
    }
    if (shortest.isNegative() || shortest.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "The shortest duration must not be negative and no longer than the longest");
    }
  }
}
