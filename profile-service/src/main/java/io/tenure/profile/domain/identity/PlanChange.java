package io.tenure.profile.domain.identity;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.identity.IdentityPlans.Saved;
import java.time.Duration;

/**
 * Changes the plan of a project in such a way that no user's number ever changes: from one device
 * to many at any time, everything else only while the project has no user.
 */
public final class PlanChange {

  /** Far longer than saving a plan takes; a process that died in between delays nobody more. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final IdentityPlans plans;
  private final PlanGate gate;

  /** Changes of the given plans. */
  public PlanChange(IdentityPlans plans, PlanGate gate) {
    this.plans = plans;
    this.gate = gate;
  }

  /**
   * Replaces the plan.
   *
   * @param etag of the plan the change is based on; empty to replace whatever is current
   * @throws Failure FAILED_PRECONDITION when users would change, ABORTED when the etag is stale
   */
  public Saved change(ProjectId project, IdentityPlan plan, String etag, String author) {
    IdentityPlan current = plans.get(project).plan();
    boolean safe = plan.keepsNumbersOf(current);
    if (!safe && !gate.close(project, LONGEST)) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "The project has users by the plan "
              + current.kind()
              + "; by "
              + plan.kind()
              + " they would not be the same");
    }
    try {
      return plans.update(project, plan, etag, author);
    } finally {
      // Also when nothing was saved, and when the same plan was saved once more: the first time may
      // have ended here.
      gate.open(project);
    }
  }
}
