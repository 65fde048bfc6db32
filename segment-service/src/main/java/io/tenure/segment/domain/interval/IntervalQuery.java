package io.tenure.segment.domain.interval;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Relation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks how long it takes from one event to the next of another kind, or of the same.
 *
 * @param scope intervals must begin in its range
 * @param relation which events belong together; null for all of a user
 * @param periods those of the start that are told apart; null for none
 */
public record IntervalQuery(
    Scope scope,
    EventSelector start,
    EventSelector end,
    IntervalRules rules,
    @Nullable Relation relation,
    @Nullable Periods periods)
    implements Question {

  static final int START = 1;
  static final int END = 2;

  JourneyQuery journeys() {
    // A start before the range may be the first of those that end inside.
    Duration before = rules.firstStart() ? rules.longest() : Duration.ZERO;
    return JourneyQuery.of(
            scope.population(),
            JourneyQuery.reach(scope.range(), before, rules.longest()),
            List.of(start, end),
            false,
            new JourneyQuery.Entry(START, scope.range()),
            true)
        .with(
            new JourneyQuery.Attributes(
                List.of(), relation == null ? List.of() : relation.columns(), List.of()));
  }
}
