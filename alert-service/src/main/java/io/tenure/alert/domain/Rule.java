package io.tenure.alert.domain;

import java.time.Duration;
import java.util.List;

/**
 * Raises an alert for users who are about to leave.
 *
 * @param id stable id
 * @param displayName name shown to people
 * @param description what it is for
 * @param condition who is warned about
 * @param outcome what "left" means, for the back-test
 * @param cooldown no second alert for the same user within this time
 * @param sweepInterval time between sweeps
 * @param enabled false keeps the rule without sweeping
 * @param receiverIds receivers that get the alerts
 */
public record Rule(
    String id,
    String displayName,
    String description,
    Condition condition,
    Outcome outcome,
    Duration cooldown,
    Duration sweepInterval,
    boolean enabled,
    List<String> receiverIds) {

  /** Used when the caller names no cooldown. */
  public static final Duration DEFAULT_COOLDOWN = Duration.ofDays(7);

  /** Used when the caller names no interval. */
  public static final Duration DEFAULT_SWEEP_INTERVAL = Duration.ofHours(1);

  /** Keeps its own copy. */
  public Rule {
    receiverIds = List.copyOf(receiverIds);
  }
}
