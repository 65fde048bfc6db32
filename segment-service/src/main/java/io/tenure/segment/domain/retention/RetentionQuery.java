package io.tenure.segment.domain.retention;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import java.time.Instant;

/**
 * Asks who comes back.
 *
 * @param scope start events lie in its range; return events may follow it
 * @param start what makes a user part of a period's cohort
 * @param comeback what counts as coming back
 * @param periods return periods after the cohort's own
 */
public record RetentionQuery(
    Scope scope, EventSelector start, EventSelector comeback, PeriodUnit unit, int periods)
    implements Question {

  /** Accepts 1 to 60 periods. */
  public RetentionQuery {
    if (periods < 1 || periods > 60) {
      throw new IllegalArgumentException("Periods must be 1 to 60");
    }
  }

  /** Number of the oldest cohort's period. */
  public int firstCohort() {
    return scope.firstPeriod(unit);
  }

  /** Number of the newest cohort's period. */
  public int lastCohort() {
    return scope.lastPeriod(unit);
  }

  /** Where the newest cohort's last return period ends. */
  public Instant end() {
    return unit.startOf(lastCohort() + periods + 1, scope.zone());
  }
}
