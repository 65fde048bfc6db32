package io.tenure.profile.domain.retention;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;

/** Keeps something with an end and can remove it: a store of ours, or another service. */
public interface Expirer {

  /**
   * Removes what is too old, of all projects together; again is harmless.
   *
   * @param runId names the night
   * @param countOnly changes nothing, only counts
   * @throws Failure when a store or service does not answer
   */
  Answer expire(String runId, List<Expiry> expiries, boolean countOnly);

  /**
   * What became of it.
   *
   * @param waitingReason why it can't be done yet; empty when it was done
   * @param counts by project, then by store
   */
  record Answer(String waitingReason, Map<ProjectId, Map<String, Long>> counts) {}
}
