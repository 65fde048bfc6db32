package io.tenure.segment.domain.cohort;

/** Which start events make a user part of a cohort. */
public enum Cohorting {
  /** Each: a user belongs to every period with a start event. */
  EVERY_PERIOD,
  /** The first one in the range, whatever was before it. */
  FIRST_IN_RANGE,
  /** The first one ever that passes the filters. */
  FIRST_MATCHING,
  /** The first one ever of its name, if it passes the filters. */
  FIRST_EVER;

  /** Whether events before the range must be looked at. */
  public boolean looksBack() {
    return this == FIRST_MATCHING || this == FIRST_EVER;
  }
}
