package io.tenure.profile.domain.consent;

import io.tenure.profile.domain.ProfileUpdate;
import java.time.Instant;
import java.util.List;

/**
 * A log record with what consent needs to know about it.
 *
 * @param receiveTime when it reached the collector
 * @param statements what it says about consent
 */
public record ConsentedUpdate(
    ProfileUpdate update, Instant receiveTime, List<Statement> statements) {

  /** Keeps its own copy. */
  public ConsentedUpdate {
    statements = List.copyOf(statements);
  }

  /** Whether it is there only to say what its person decided. */
  boolean isDecision() {
    return statements.stream().anyMatch(Statement::decision);
  }
}
