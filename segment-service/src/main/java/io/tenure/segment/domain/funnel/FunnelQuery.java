package io.tenure.segment.domain.funnel;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.JourneyQuery;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Asks how far users get.
 *
 * @param scope attempts must begin in its range
 * @param steps what does each step
 * @param exclusions what each exclusion of the rules is
 * @param rules what makes events an attempt
 * @param split what else is asked
 */
public record FunnelQuery(
    Scope scope,
    List<EventSelector> steps,
    List<EventSelector> exclusions,
    FunnelRules rules,
    FunnelSplit split)
    implements Question {

  /** Accepts 2 to 20 steps, with a rule for each of them and of the exclusions. */
  public FunnelQuery {
    steps = List.copyOf(steps);
    exclusions = List.copyOf(exclusions);
    if (steps.size() < 2 || steps.size() != rules.steps().size()) {
      throw new IllegalArgumentException(
          "A funnel has 2 to " + FunnelRules.MAX_STEPS + " steps, not " + steps.size());
    }
    if (exclusions.size() != rules.exclusions().size()) {
      throw new IllegalArgumentException("Every exclusion needs its steps");
    }
    if (split.breakdown() != null && split.breakdown().step() >= steps.size()) {
      throw new IllegalArgumentException("The breakdown names a step that does not exist");
    }
  }

  /** Steps in order within a time. */
  public static FunnelQuery ordered(Scope scope, List<EventSelector> steps, Duration window) {
    return new FunnelQuery(
        scope, steps, List.of(), FunnelRules.ordered(steps.size(), window), FunnelSplit.NONE);
  }

  FunnelFold fold() {
    return FunnelFold.of(rules, scope.range().end().toEpochMilli());
  }

  JourneyQuery journeys() {
    boolean strict = rules.order() == FunnelOrder.STRICT;
    long entries = rules.order() == FunnelOrder.ANY ? (1L << steps.size()) - 1 : 1;
    TimeRange range = scope.range();
    return new JourneyQuery(
        scope.population(),
        range.endingAt(rules.window().latest(range.end())),
        Stream.concat(steps.stream(), exclusions.stream()).toList(),
        strict,
        new JourneyQuery.Entry(entries, range),
        split.held(),
        split.breakdown() == null ? List.of() : List.of(split.breakdown().column()),
        strict || JourneyQuery.overlap(steps));
  }
}
