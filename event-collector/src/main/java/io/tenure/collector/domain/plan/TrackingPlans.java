package io.tenure.collector.domain.plan;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Where people keep their plans; every change is a revision. */
public interface TrackingPlans {

  /**
   * A plan as it was saved.
   *
   * @param etag changes with every change; empty while there is no plan
   * @param author who changed it last; empty while there is no plan
   */
  record Saved(TrackingPlan plan, String etag, Instant updateTime, String author) {}

  /** The current plan, or {@link TrackingPlan#NONE}. */
  Saved get(ProjectId project);

  /**
   * Replaces the plan.
   *
   * @param etag of the plan the change is based on; empty to replace whatever is current
   * @throws io.tenure.platform.failure.Failure ABORTED when the etag is stale
   */
  Saved update(ProjectId project, TrackingPlan plan, String etag, String author);
}
