package io.tenure.segment.domain.lifecycle;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Brings the periods in which users were active, and when they began. */
public interface Lifespans {

  /** Hands over every user who was active in the range or in the period before it. */
  void scan(ProjectId project, LifecycleQuery query, Visitor visitor);

  /** Takes one user. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes one user.
     *
     * @param first when the event was that makes the user new
     * @param periods numbers of the periods in which the user was active, in no order
     */
    void visit(long userNumber, Instant first, long[] periods);
  }
}
