package io.tenure.profile.domain.identity;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Where people keep the plans of their projects; every change is a revision. */
public interface IdentityPlans {

  /**
   * A plan as it was saved.
   *
   * @param etag changes with every change; empty while nobody chose a plan
   * @param author who chose it; empty while nobody did
   */
  record Saved(IdentityPlan plan, String etag, Instant updateTime, String author) {}

  /** The current plan, or {@link IdentityPlan#DEFAULT}. */
  Saved get(ProjectId project);

  /**
   * Replaces the plan.
   *
   * @param etag of the plan the change is based on; empty to replace whatever is current
   * @throws Failure ABORTED when the etag is stale
   */
  Saved update(ProjectId project, IdentityPlan plan, String etag, String author);
}
