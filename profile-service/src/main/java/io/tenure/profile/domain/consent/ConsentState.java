package io.tenure.profile.domain.consent;

/** What a person said about a purpose. */
public enum ConsentState {
  /** Yes. */
  GRANTED,
  /** No, or no longer. */
  WITHDRAWN
}
