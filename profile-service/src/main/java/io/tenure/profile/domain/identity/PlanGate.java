package io.tenure.profile.domain.identity;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;

/** Keeps numbers from being given by one plan while another takes its place. */
public interface PlanGate {

  /**
   * Gives no more numbers, unless somebody has one.
   *
   * @param limit when numbers are given again at the latest, should nobody open
   * @return false when somebody has a number; nothing is closed then
   */
  boolean close(ProjectId project, Duration limit);

  /** Gives numbers again, by the plan that is saved now. */
  void open(ProjectId project);
}
