package io.tenure.profile.domain.retention;

/** Lets one process at a time remove what is too old. Two that do so at once harm nobody. */
public interface RetentionTurn {

  /** Takes or prolongs the turn; false when another process has it. */
  boolean take();

  /** Ends the turn. */
  void give();
}
