package io.tenure.segment.domain.lifecycle;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import java.time.Instant;

/**
 * Asks where the active users of each period come from, and where those of the last one are.
 *
 * @param selector what makes a user active
 */
public record LifecycleQuery(Scope scope, EventSelector selector, Periods unit, Newcomer newcomer)
    implements Question {

  private static final int MAX_PERIODS = 2000;

  /** Accepts up to 2000 periods. */
  public LifecycleQuery {
    if (scope.lastPeriod(unit) - (long) scope.firstPeriod(unit) >= MAX_PERIODS) {
      throw new IllegalArgumentException("The range has more than " + MAX_PERIODS + " periods");
    }
    // Where a calendar begins after the period before, it says so now.
    unit.begin(scope.firstPeriod(unit) - 1);
  }

  /** Number of the period before the first: who is dormant must have been active once. */
  public int before() {
    return scope.firstPeriod(unit) - 1;
  }

  /** How many periods are shown. */
  int periods() {
    return Math.max(0, scope.lastPeriod(unit) - before());
  }

  /** First instant that matters, but for who is new. */
  public Instant start() {
    return unit.startOf(before(), scope.zone());
  }
}
