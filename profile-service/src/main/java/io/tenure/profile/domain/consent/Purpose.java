package io.tenure.profile.domain.consent;

/** What a person can agree to, each apart from the others. */
public enum Purpose {
  /** Events are stored and analysed. */
  ANALYTICS,
  /** Traits are kept and computed. */
  PROFILING,
  /** Alerts are raised about the person. */
  MARKETING,
  /** What is known is handed to somebody outside. */
  SHARING
}
