package io.tenure.profile.domain.retention;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;

/** Where people keep the retention policies of their projects; every change is a revision. */
public interface RetentionPolicies {

  /**
   * A policy as it was saved.
   *
   * @param etag changes with every change; empty while nobody chose one
   * @param author who chose it; empty while nobody did
   */
  record Saved(RetentionPolicy policy, String etag, Instant updateTime, String author) {}

  /** The current policy, or {@link RetentionPolicy#DEFAULT}. */
  Saved get(ProjectId project);

  /** The current policy, at most about a second old; for questions about every record. */
  RetentionPolicy recent(ProjectId project);

  /** Reads again what changed. */
  void refresh();

  /** Projects that ever chose one. */
  List<ProjectId> projects();

  /**
   * Replaces the policy.
   *
   * @param etag of the policy the change is based on; empty to replace whatever is current
   * @throws Failure ABORTED when the etag is stale
   */
  Saved update(ProjectId project, RetentionPolicy policy, String etag, String author);
}
