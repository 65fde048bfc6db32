package io.tenure.collector.domain.plan;

/** What a value may be used for. */
public enum Purpose {
  /** Understanding how the app is used. */
  ANALYTICS,
  /** Describing single users. */
  PROFILING,
  /** Addressing users. */
  MARKETING,
  /** Giving it to others. */
  SHARING
}
