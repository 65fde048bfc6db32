package io.tenure.segment.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.cohort.CohortQuery;

/** Brings the periods in which users were active, user by user: all that most tables need. */
public interface Activity {

  /** Bit of a mark: the user started in the period. */
  int START = 1;

  /** Bit of a mark: the user did in the period what counts as coming back. */
  int RETURN = 2;

  /** Hands over every user who started in a period. */
  void scan(ProjectId project, CohortQuery query, Visitor visitor);

  /** Takes one user. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes one user and their marks in no order: period number times four plus {@link #START},
     * {@link #RETURN} or both; a period may have several.
     */
    void visit(long userNumber, long[] marks);
  }
}
