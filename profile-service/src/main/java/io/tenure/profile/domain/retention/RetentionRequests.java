package io.tenure.profile.domain.retention;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.retention.RetentionPolicies.Saved;
import java.util.List;
import java.util.Map;

/** What administrators ask about how long what is kept. */
public final class RetentionRequests {

  private final RetentionPolicies policies;
  private final RetentionRuns runs;
  private final RetentionSweep sweep;
  private final int leastProfileDays;

  /**
   * Requests to the given use case.
   *
   * @param leastProfileDays how long profiles must be kept
   */
  public RetentionRequests(
      RetentionPolicies policies, RetentionRuns runs, RetentionSweep sweep, int leastProfileDays) {
    this.policies = policies;
    this.runs = runs;
    this.sweep = sweep;
    this.leastProfileDays = leastProfileDays;
  }

  /** The policy of a project. */
  public Saved get(ProjectId project) {
    return policies.get(project);
  }

  /**
   * Chooses a policy.
   *
   * @throws Failure INVALID_ARGUMENT, or ABORTED when the etag is stale
   */
  public Saved update(Caller caller, RetentionPolicy policy, String etag) {
    policy.check(leastProfileDays);
    return policies.update(caller.project(), policy, etag, caller.subject());
  }

  /**
   * Counts what a policy would remove now.
   *
   * @throws Failure INVALID_ARGUMENT
   */
  public Map<String, Long> preview(ProjectId project, RetentionPolicy policy) {
    policy.check(leastProfileDays);
    return sweep.preview(project, policy);
  }

  /** Runs before an id, newest first; an empty id starts. */
  public List<RetentionRun> runs(ProjectId project, String before, int limit) {
    return runs.list(project, before, limit);
  }
}
