package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** The stored events, as far as computed traits ask for them. */
public interface EventMeasures {

  /** The highest user number of a profile; 0 when there is none. */
  long highestUser(ProjectId project);

  /**
   * Measures every user of a range that has a selected event.
   *
   * @param asOf events before it count
   * @param after user numbers above it
   * @param upTo user numbers up to it
   */
  void measure(
      ProjectId project, ComputedTrait trait, Instant asOf, long after, long upTo, Visitor visitor);

  /** Takes one user after the other. */
  @FunctionalInterface
  interface Visitor {
    /** Takes one user. */
    void visit(long userNumber, Measure measure);
  }
}
