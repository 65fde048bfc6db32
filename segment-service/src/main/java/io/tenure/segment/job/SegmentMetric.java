package io.tenure.segment.job;

import java.util.Locale;

/** Outcomes of scheduled computations: each computation counts once, under one of them. */
enum SegmentMetric {
  /** A new snapshot is stored. */
  COMPUTED,
  /** The old snapshot stays. */
  FAILED;

  /** Name of the counter. */
  static final String NAME = "tenure.segment.computations";

  /** Key under which the outcome stands. */
  static final String OUTCOME = "outcome";

  String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
