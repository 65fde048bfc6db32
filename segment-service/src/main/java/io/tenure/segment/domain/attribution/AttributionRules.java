package io.tenure.segment.domain.attribution;

import java.time.Duration;

/**
 * Which touches serve a conversion, and how.
 *
 * @param lookback how long before a conversion a touch counts, inclusive, up to 366 days
 * @param firstPercent share of the first touch in {@link AttributionModel#POSITION}
 * @param lastPercent share of the last one
 * @param halfLife in which the weight of a touch halves in {@link AttributionModel#TIME_DECAY}
 * @param singleUse whether a touch serves only the first conversion that follows
 */
public record AttributionRules(
    Duration lookback, int firstPercent, int lastPercent, Duration halfLife, boolean singleUse) {

  /** Thirty days, 40-20-40, a week, and any number of conversions. */
  public static final AttributionRules USUAL =
      new AttributionRules(Duration.ofDays(30), 40, 40, Duration.ofDays(7), false);

  /** Accepts shares that are at most a whole, and times from a millisecond to 366 days. */
  public AttributionRules {
    requireTime(lookback, "The lookback");
    requireTime(halfLife, "The half-life");
    if (firstPercent < 0 || lastPercent < 0 || firstPercent + lastPercent > 100) {
      throw new IllegalArgumentException("The shares of first and last must be 0 to 100 in all");
    }
  }

  private static void requireTime(Duration time, String what) {
    if (time.toMillis() < 1 || time.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException(what + " must be from 1 millisecond to 366 days");
    }
  }
}
