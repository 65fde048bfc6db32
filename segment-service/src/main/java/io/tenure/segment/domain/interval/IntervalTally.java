package io.tenure.segment.domain.interval;

import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.tally.Samples;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collects intervals with their users, so a bar knows whose they are. */
final class IntervalTally implements Journeys.Visitor {

  private final IntervalQuery query;
  private final IntervalFold fold;
  private final Samples all = new Samples();
  private final Map<Integer, Samples> periods = new HashMap<>();
  private long firstStart;
  private long sum;
  private long count;

  IntervalTally(IntervalQuery query) {
    this.query = query;
    this.fold = new IntervalFold(query);
  }

  @Override
  public void visit(Journey journey) {
    count = 0;
    sum = 0;
    fold.fold(
        journey,
        (start, length) -> {
          if (!query.rules().perUser()) {
            add(journey.user(), start, length);
          }
          firstStart = count == 0 ? start : firstStart;
          sum += length;
          count++;
        });
    if (query.rules().perUser() && count > 0) {
      add(journey.user(), firstStart, sum / count);
    }
  }

  /** The users behind a number. */
  long[] users(IntervalCell cell) {
    return switch (cell) {
      case IntervalCell.All _ -> all.users();
      case IntervalCell.Bar(int index) -> all.users(index);
      case IntervalCell.Period(int number) -> periods.getOrDefault(number, new Samples()).users();
    };
  }

  Interval result(Instant now) {
    Scope scope = query.scope();
    return new Interval(
        all.spread(),
        all.users().length,
        all.histogram(),
        periods(now),
        scope.range().end().plus(query.rules().longest()).isAfter(now));
  }

  private void add(long user, long start, long length) {
    all.add(user, length);
    @Nullable Periods unit = query.periods();
    if (unit != null) {
      int period = unit.indexOf(Instant.ofEpochMilli(start), query.scope().zone());
      if (period != Periods.NONE) {
        periods.computeIfAbsent(period, _ -> new Samples()).add(user, length);
      }
    }
  }

  private List<Interval.Period> periods(Instant now) {
    @Nullable Periods unit = query.periods();
    if (unit == null) {
      return List.of();
    }
    Scope scope = query.scope();
    return IntStream.rangeClosed(scope.firstPeriod(unit), scope.lastPeriod(unit))
        .mapToObj(
            period -> {
              Samples samples = periods.getOrDefault(period, new Samples());
              Instant end = unit.endOf(period, scope.zone());
              return new Interval.Period(
                  unit.label(period),
                  end.plus(query.rules().longest()).isAfter(now),
                  samples.spread(),
                  samples.users().length);
            })
        .toList();
  }
}
