package io.tenure.segment.domain.interval;

import java.time.Duration;

/**
 * Which events make an interval.
 *
 * @param firstStart with several starts before an end, whether the first that is not too early is
 *     taken and not the last
 * @param longest longest interval, inclusive, up to 366 days
 * @param perUser whether the mean of a user's intervals is one sample, and not each of them
 */
public record IntervalRules(boolean firstStart, Duration longest, boolean perUser) {

  /** Accepts a longest interval from a millisecond to 366 days. */
  public IntervalRules {
    if (longest.toMillis() < 1 || longest.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException(
          "The longest interval must be from 1 millisecond to 366 days");
    }
  }
}
