package io.tenure.segment.domain.trend;

import io.tenure.segment.domain.journey.Column;

/**
 * Tells events apart.
 *
 * @param by what does
 * @param limit most values; all others together are one more
 */
public record TrendBreakdown(Column by, int limit) {

  private static final int MAX_LIMIT = 1000;

  /** Accepts 1 to 1000 values. */
  public TrendBreakdown {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A breakdown has 1 to " + MAX_LIMIT + " values");
    }
  }
}
