package io.tenure.segment.domain.distribution;

import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.journey.Column;

/** What is measured of one user. */
public sealed interface UserMeasure {

  /** The number of events. */
  record Events() implements UserMeasure {}

  /** The sum of a property; users without a number are not measured. */
  record Sum(Column.Property property) implements UserMeasure {}

  /**
   * The number of periods in which the user was active.
   *
   * @param least events a period must have at least
   */
  record ActivePeriods(Periods unit, int least) implements UserMeasure {
    /** Accepts 1 to 10000 events. */
    public ActivePeriods {
      if (least < 1 || least > 10_000) {
        throw new IllegalArgumentException("The least number of events must be 1 to 10000");
      }
    }
  }
}
