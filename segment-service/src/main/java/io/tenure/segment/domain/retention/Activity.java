package io.tenure.segment.domain.retention;

import io.tenure.platform.tenancy.ProjectId;

/** Brings the periods in which users were active, user by user. */
public interface Activity {

  /** Bit of a mark: the user did the start event inside the range. */
  int START = 1;

  /** Bit of a mark: the user did the return event. */
  int RETURN = 2;

  /** Hands over every user who did the start event. */
  void scan(ProjectId project, RetentionQuery query, Visitor visitor);

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
