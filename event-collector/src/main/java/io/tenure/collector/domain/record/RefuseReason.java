package io.tenure.collector.domain.record;

/** Why something is not even kept: only when keeping it would endanger the rest. */
public enum RefuseReason {
  /** The body of a request is over the limit; counted once, since its records can't be counted. */
  BODY_TOO_LARGE,
  /** One record is so large that quarantine would fill with it. */
  RECORD_FAR_TOO_LARGE,
  /** The record holds what lets its holder act as the user (class C3 of JR/T 0171). */
  C3_DATA,
  /** Its person withdrew the consent to analytics. */
  CONSENT_WITHDRAWN
}
