package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.funnel.FunnelCut.Stretch;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.tally.ByValue;
import io.tenure.segment.domain.tally.Samples;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tallies all attempts, and those of each part that is asked for. */
final class FunnelTallies implements Journeys.Tally<FunnelCell> {

  private final FunnelQuery query;
  private final FunnelWalk walk;
  private final FunnelTally all;
  private final Samples conversion = new Samples();
  private final @Nullable FunnelValues values;
  private final @Nullable NextEvents next;
  private final @Nullable FactorTally factors;
  private final Map<Integer, FunnelTally> periods = new HashMap<>();
  private final Set<FunnelTally> touched = new HashSet<>();

  /**
   * @param dictionaries of the coded attributes of {@link FunnelQuery#journeys}
   */
  FunnelTallies(FunnelQuery query, List<Dictionary> dictionaries) {
    FunnelSplit split = query.split();
    this.query = query;
    this.walk = new FunnelWalk(query);
    this.all = new FunnelTally(query);
    this.values = split.breakdown() == null ? null : new FunnelValues(query, split.breakdown());
    this.next = split.nextEvents() == 0 ? null : new NextEvents(query, dictionaries.getFirst());
    this.factors =
        split.factors() == null ? null : new FactorTally(query, split.factors(), dictionaries);
  }

  @Override
  public void visit(Journey journey) {
    endUser();
    if (factors != null) {
      factors.nextUser();
    }
    walk.walk(journey, (attempt, stretch) -> add(attempt, stretch, journey));
  }

  @Override
  public boolean isBehind(FunnelCell cell) {
    return switch (cell.part()) {
      case FunnelCell.All _ -> isBehind(all, cell);
      case FunnelCell.Period(int period) -> isBehind(periods.get(period), cell);
      case FunnelCell.Factor factor -> factors != null && factors.has(factor, !cell.lost());
      case FunnelCell.Value _, FunnelCell.Next _, FunnelCell.Bar _ ->
          throw new IllegalArgumentException("Is known only when all users have been added");
    };
  }

  /** Those behind a number of which it is known only now who is, ascending. */
  long[] users(FunnelCell cell) {
    return switch (cell.part()) {
      case FunnelCell.Bar(int index) -> conversion.users(index);
      case FunnelCell.Next(var event) when next != null -> next.users(cell.step(), event);
      default -> throw new IllegalArgumentException("Is known with each user");
    };
  }

  /** Offers the user added last, who may be behind a number of each of their values. */
  void offer(ByValue.Choice choice, long user, FunnelCell cell) {
    if (values != null) {
      values.offer(choice, user, cell);
    }
  }

  Funnel result(Instant now) {
    endUser();
    return new Funnel(
        all.steps(),
        values == null ? Funnel.Values.NONE : values.result(),
        periods(now),
        new Funnel.Conversion(conversion.median(), conversion.histogram()),
        next == null ? List.of() : next.result(),
        factors == null ? List.of() : factors.result());
  }

  private void add(Attempt attempt, Stretch stretch, Journey journey) {
    long user = journey.user();
    add(all, user, attempt);
    if (attempt.reached() == query.steps().size()) {
      conversion.add(user, attempt.timeOf(attempt.reached() - 1) - attempt.timeOf(0));
    }
    if (values != null) {
      values.add(user, attempt, stretch.journey());
    }
    @Nullable Periods trend = query.split().trend();
    if (trend != null) {
      Instant entry = Instant.ofEpochMilli(attempt.timeOf(0));
      int period = trend.indexOf(entry, query.scope().zone());
      if (period != Periods.NONE) {
        add(periods.computeIfAbsent(period, _ -> new FunnelTally(query)), user, attempt);
      }
    }
    if (next != null) {
      next.add(attempt, stretch, journey);
    }
    if (factors != null) {
      factors.add(attempt, stretch, journey);
    }
  }

  private void add(FunnelTally tally, long user, Attempt attempt) {
    tally.add(user, attempt);
    touched.add(tally);
  }

  private void endUser() {
    touched.forEach(FunnelTally::endUser);
    touched.clear();
    if (values != null) {
      values.endUser();
    }
  }

  private static boolean isBehind(@Nullable FunnelTally tally, FunnelCell cell) {
    return tally != null && tally.isBehind(cell);
  }

  private List<Funnel.Period> periods(Instant now) {
    @Nullable Periods periodsOf = query.split().trend();
    if (periodsOf == null) {
      return List.of();
    }
    Scope scope = query.scope();
    FunnelTally none = new FunnelTally(query);
    return IntStream.rangeClosed(scope.firstPeriod(periodsOf), scope.lastPeriod(periodsOf))
        .mapToObj(
            period ->
                new Funnel.Period(
                    periodsOf.label(period),
                    query
                        .rules()
                        .window()
                        .latest(periodsOf.endOf(period, scope.zone()))
                        .isAfter(now),
                    periods.getOrDefault(period, none).steps()))
        .toList();
  }
}
