package io.tenure.profile.domain.consent;

/** The way a decision came. */
public enum ConsentSource {
  /** The app's stream of events. */
  APP,
  /** A call about a person who has just decided. */
  API,
  /** Decisions of the past, from another system. */
  IMPORT
}
