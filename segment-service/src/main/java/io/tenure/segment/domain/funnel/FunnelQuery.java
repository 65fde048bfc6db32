package io.tenure.segment.domain.funnel;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Asks how far users get.
 *
 * @param scope attempts must begin in its range
 * @param steps what does each step
 * @param firstTime bits of the steps that only a user's first event ever can do
 * @param exclusions what each exclusion of the rules is
 * @param rules what makes events an attempt
 * @param split what else is asked
 */
public record FunnelQuery(
    Scope scope,
    List<EventSelector> steps,
    int firstTime,
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
        scope, steps, 0, List.of(), FunnelRules.ordered(steps.size(), window), FunnelSplit.NONE);
  }

  FunnelFold fold() {
    return FunnelFold.of(rules, scope.range().end().toEpochMilli());
  }

  /** Until when an attempt could have gone on. */
  long lastMillis(Attempt attempt, FunnelCut.Stretch stretch) {
    return Math.min(rules.window().lastMillis(attempt.timeOf(0)), stretch.lastMillis());
  }

  /** Whether more events come than those that can make an attempt. */
  boolean comesWithMore() {
    return firstTime != 0 || split.needsNames() || rules.window() instanceof FunnelWindow.Session;
  }

  JourneyQuery journeys() {
    boolean strict = rules.order() == FunnelOrder.STRICT;
    int entries = rules.order() == FunnelOrder.ANY ? (1 << steps.size()) - 1 : 1;
    boolean session = rules.window() instanceof FunnelWindow.Session;
    return JourneyQuery.of(
            scope.population(),
            reading(),
            Stream.concat(steps.stream(), exclusions.stream()).toList(),
            strict || session || split.needsNames(),
            new JourneyQuery.Entry(entries, scope.range()),
            strict || JourneyQuery.overlap(steps))
        .since(firstTime)
        .with(
            new JourneyQuery.Attributes(
                coded(),
                split.held().stream().map(Column.Property::new).toList(),
                split.breakdown() == null ? List.of() : List.of(split.breakdown().text())));
  }

  /** The name of the event where it is needed, and what else may be a factor. */
  List<Column> coded() {
    boolean nameOnly = split.nextEvents() > 0 && !factors().contains(new Column.Name());
    return Stream.concat(
            nameOnly ? Stream.of(new Column.Name()) : Stream.empty(), factors().stream())
        .toList();
  }

  /** What has the values that may be factors, the name of events first. */
  public List<Column> factors() {
    Factors factors = split.factors();
    if (factors == null) {
      return List.of();
    }
    return Stream.concat(
            factors.events() ? Stream.of(new Column.Name()) : Stream.empty(),
            factors.columns().stream())
        .toList();
  }

  /** A session may have begun before the range; where it did decides where it ends. */
  private TimeRange reading() {
    Duration before =
        rules.window() instanceof FunnelWindow.Session(SessionRule rule)
            ? rule.longest()
            : Duration.ZERO;
    TimeRange range = scope.range();
    return JourneyQuery.reach(
        range.endingAt(rules.window().latest(range.end())), before, Duration.ZERO);
  }
}
