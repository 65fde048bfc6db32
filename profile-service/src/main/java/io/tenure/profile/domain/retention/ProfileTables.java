package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;

/** The durable store's tables, as far as they can remove what is too old. */
public interface ProfileTables {

  /** Why nothing can be removed now, in words; empty when it can. */
  String waitingReason();

  /** The past that is too old, by project, then by table. */
  Map<ProjectId, Map<String, Long>> count(List<Expiry> expiries);

  /**
   * Removes it, and what is left of the users noted in a night, each table once for all projects;
   * again is harmless.
   */
  void expire(String runId, List<Expiry> expiries);
}
