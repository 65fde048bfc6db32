package io.tenure.evaluator;

/** Why a variant was served. */
public enum Reason {
  /** The flag is disabled. */
  DISABLED,
  /** The subject is on a list. */
  FORCED,
  /** Another flag is not as this one wants. */
  PREREQUISITE,
  /** No rule was there to hold, and one variant is for everybody. */
  STATIC,
  /** A rule held and serves one variant. */
  TARGETING_MATCH,
  /** The unit was dealt to the variant. */
  SPLIT,
  /** The unit kept the variant it had been dealt to. */
  KEPT,
  /** No rule decided. */
  DEFAULT
}
