package io.tenure.segment.domain.journey;

import io.tenure.platform.tenancy.ProjectId;

/** Brings the events that matter to a question, user by user. */
public interface Journeys {

  /**
   * Hands over every user who has the event of entry; when properties are held, once for each
   * combination of their values, one directly after the other.
   */
  void scan(ProjectId project, JourneyQuery query, Visitor visitor);

  /** Takes one user. */
  @FunctionalInterface
  interface Visitor {
    /** Takes events of one user. */
    void visit(long userNumber, Journey journey);
  }
}
