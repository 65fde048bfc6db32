package io.tenure.segment.domain.funnel;

import io.tenure.platform.tenancy.ProjectId;

/** Brings the events that matter to a series of steps, user by user. */
public interface Journeys {

  /**
   * Hands over every user who began an attempt.
   *
   * @return events read
   */
  long scan(ProjectId project, JourneyQuery query, Visitor visitor);

  /** Takes one user. */
  @FunctionalInterface
  interface Visitor {
    /** Takes one user's events as {@link Packing} makes them, in order; the array is a gift. */
    void visit(long userNumber, long[] journey);
  }
}
