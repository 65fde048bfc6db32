package io.tenure.segment.domain.lifecycle;

/** What makes an active user new in a period. */
public enum Newcomer {
  /** The first event ever that the selector selects is in it. */
  FIRST_MATCHING,
  /** The first event ever of the profile, whatever it was, is in it. */
  FIRST_OF_PROFILE
}
