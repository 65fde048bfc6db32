package io.tenure.segment.domain.funnel;

import io.tenure.platform.tenancy.ProjectId;

/** Brings the events that matter to a series of steps, user by user. */
public interface Journeys {

  /**
   * Hands over every user who began an attempt; when properties are held, once for each combination
   * of their values, one directly after the other.
   *
   * @return events read
   */
  long scan(ProjectId project, JourneyQuery query, Visitor visitor);

  /** Takes one user. */
  @FunctionalInterface
  interface Visitor {
    /** Takes events of one user. */
    void visit(long userNumber, Journey journey);
  }
}
