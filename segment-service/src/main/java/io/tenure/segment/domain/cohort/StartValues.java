package io.tenure.segment.domain.cohort;

import io.tenure.segment.domain.journey.Column;

/**
 * Tells users apart by a property of their start event or a trait. What they do later never moves
 * them to another value.
 *
 * @param column what does
 * @param limit values to show; users of all others are shown together
 */
public record StartValues(Column column, int limit) {

  /** Accepts 1 to 1000 values. */
  public StartValues {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("The limit must be 1 to 1000");
    }
  }
}
