package io.tenure.collector.domain.expiry;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;

/** The event store, as far as it can remove what is too old. */
public interface ExpiryStore {

  /** Why nothing can be removed now, in words; empty when it can. */
  String waitingReason();

  /** What is too old, by project, then by table. */
  Map<ProjectId, Map<String, Long>> count(List<Expiry> expiries);

  /** Removes it, each table once for all projects; again is harmless. */
  void expire(List<Expiry> expiries);
}
