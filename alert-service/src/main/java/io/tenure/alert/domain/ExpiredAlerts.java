package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Map;

/** Alerts that a project keeps no longer. */
public interface ExpiredAlerts {

  /** Why none can be removed now, in words; empty when they can. */
  String waitingReason();

  /**
   * How many there are.
   *
   * @param before alerts raised before this, by project
   */
  Map<ProjectId, Long> count(Map<ProjectId, Instant> before);

  /** Removes them, of all projects together; again is harmless. */
  void delete(Map<ProjectId, Instant> before);
}
