package io.tenure.segment.domain.cohort;

import io.tenure.segment.domain.journey.Column;

/**
 * Tells users apart by a property of their start event. What they do later never moves them to
 * another value.
 *
 * @param column the property
 * @param limit values to show; users of all others are shown together
 */
public record StartValues(Column.Property column, int limit) {

  /** Most values that may occur at all; more tell users apart instead of grouping them. */
  static final int MAX_VALUES = 10_000;

  /** Accepts 1 to 1000 values. */
  public StartValues {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("The limit must be 1 to 1000");
    }
  }
}
