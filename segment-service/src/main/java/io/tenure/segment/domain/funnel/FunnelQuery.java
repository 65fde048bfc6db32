package io.tenure.segment.domain.funnel;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Scope;
import java.time.Duration;
import java.util.List;

/**
 * Asks how far users get.
 *
 * @param scope the first step must lie in its range
 * @param steps the steps in order
 * @param window longest time from the first to the last step, inclusive
 */
public record FunnelQuery(Scope scope, List<EventSelector> steps, Duration window) {

  /** Accepts 2 to 20 steps and a window of 1 millisecond to 366 days. */
  public FunnelQuery {
    if (steps.size() < 2 || steps.size() > Packing.MAX_STEPS) {
      throw new IllegalArgumentException(
          "A funnel has 2 to " + Packing.MAX_STEPS + " steps, not " + steps.size());
    }
    if (window.toMillis() < 1 || window.compareTo(Condition.MAX_WITHIN) > 0) {
      throw new IllegalArgumentException("The window must be from 1 millisecond to 366 days");
    }
    steps = List.copyOf(steps);
  }

  JourneyQuery journeys() {
    return new JourneyQuery(steps, scope.range(), scope.range().end().plus(window), scope.users());
  }
}
