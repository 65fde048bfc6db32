package io.tenure.profile.domain.consent;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Where people keep the consent policies of their projects; every change is a revision. */
public interface ConsentPolicies {

  /**
   * A policy as it was saved.
   *
   * @param etag changes with every change; empty while nobody chose one
   * @param author who chose it; empty while nobody did
   */
  record Saved(ConsentPolicy policy, String etag, Instant updateTime, String author) {}

  /** The current policy, or {@link ConsentPolicy#DEFAULT}. */
  Saved get(ProjectId project);

  /** A text that changes with every change, and is cheap to ask for. */
  String version(ProjectId project);

  /**
   * Replaces the policy.
   *
   * @param etag of the policy the change is based on; empty to replace whatever is current
   * @throws Failure ABORTED when the etag is stale
   */
  Saved update(ProjectId project, ConsentPolicy policy, String etag, String author);
}
