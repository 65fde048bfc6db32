package io.tenure.alert.domain.sweep;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers when rules were swept. Losing it costs a sweep, never an alert: the alerts themselves
 * say who was warned.
 */
public interface SweepLedger {

  /** When the rule was last swept on schedule. */
  Optional<Instant> lastSweep(ProjectId project, String ruleId);

  /** Notes a sweep. */
  void swept(ProjectId project, String ruleId, Instant time);
}
