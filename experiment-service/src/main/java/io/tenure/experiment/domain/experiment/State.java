package io.tenure.experiment.domain.experiment;

/** Where an experiment stands. */
public enum State {
  /** Being designed. */
  DRAFT,
  /** Waits for a second person. */
  IN_REVIEW,
  /** Can be started. */
  APPROVED,
  /** Deals units. */
  RUNNING,
  /** Deals nobody for now. */
  PAUSED,
  /** Deals nobody any more. */
  STOPPED,
  /** A decision was made. */
  DECIDED,
  /** Put away. */
  ARCHIVED;

  /** Whether its design can still be changed. */
  public boolean isDesign() {
    return this == DRAFT || this == IN_REVIEW || this == APPROVED;
  }

  /** Whether it has units that must keep what they have. */
  public boolean isLive() {
    return this == RUNNING || this == PAUSED;
  }
}
