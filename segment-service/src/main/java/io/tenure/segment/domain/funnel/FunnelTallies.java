package io.tenure.segment.domain.funnel;

import io.tenure.platform.failure.Failure;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Journey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tallies all attempts, and those of each value and period that is asked for. */
final class FunnelTallies {

  /**
   * Most values of a breakdown; whoever asks for more groups by something that tells users apart.
   */
  static final int MAX_VALUES = 10_000;

  private final FunnelQuery query;
  private final FunnelTally all;
  private final Times conversion = new Times();
  private final Map<String, FunnelTally> values = new HashMap<>();
  private final Map<Integer, FunnelTally> periods = new HashMap<>();
  private final Set<FunnelTally> touched = new HashSet<>();

  FunnelTallies(FunnelQuery query) {
    this.query = query;
    this.all = new FunnelTally(query);
  }

  void add(Attempt attempt, Journey journey) {
    add(all, attempt);
    if (attempt.reached() == query.steps().size()) {
      conversion.add(attempt.timeOf(attempt.reached() - 1) - attempt.timeOf(0));
    }
    if (query.split().breakdown() != null) {
      add(valueTally(value(query.split().breakdown(), attempt, journey)), attempt);
    }
    if (query.split().trend() != null) {
      int period = period(query.split().trend(), attempt);
      add(periods.computeIfAbsent(period, _ -> new FunnelTally(query)), attempt);
    }
  }

  /** Whether the user at hand is behind a number. */
  boolean isBehind(FunnelCell cell) {
    @Nullable FunnelTally tally =
        cell.value().isPresent()
            ? values.get(cell.value().get())
            : cell.period().isPresent() ? periods.get(cell.period().get()) : all;
    return tally != null && (cell.lost() ? tally.lost(cell.step()) : tally.did(cell.step()));
  }

  /** Goes on to the next user. */
  void endUser() {
    touched.forEach(FunnelTally::endUser);
    touched.clear();
  }

  Funnel result(Instant now) {
    return new Funnel(all.steps(), values(), periods(now), conversion.conversion());
  }

  private void add(FunnelTally tally, Attempt attempt) {
    tally.add(attempt);
    touched.add(tally);
  }

  private FunnelTally valueTally(String value) {
    FunnelTally tally = values.computeIfAbsent(value, _ -> new FunnelTally(query));
    if (values.size() > MAX_VALUES) {
      throw Failure.invalid(
          "query.breakdown.property", "has more than " + MAX_VALUES + " values in these events");
    }
    return tally;
  }

  private static String value(Breakdown breakdown, Attempt attempt, Journey journey) {
    int event = breakdown.eventOf(attempt);
    return event == Attempt.NOT_DONE ? "" : journey.text(0, event);
  }

  private int period(PeriodUnit unit, Attempt attempt) {
    return unit.indexOf(Instant.ofEpochMilli(attempt.timeOf(0)), query.scope().zone());
  }

  private List<Funnel.Value> values() {
    return values.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, FunnelTally>>comparingLong(
                    entry -> -entry.getValue().entered())
                .thenComparing(Map.Entry::getKey))
        .map(entry -> new Funnel.Value(Journey.read(entry.getKey()), entry.getValue().steps()))
        .toList();
  }

  private List<Funnel.Period> periods(Instant now) {
    @Nullable PeriodUnit unit = query.split().trend();
    if (unit == null) {
      return List.of();
    }
    Scope scope = query.scope();
    FunnelTally none = new FunnelTally(query);
    return IntStream.rangeClosed(scope.firstPeriod(unit), scope.lastPeriod(unit))
        .mapToObj(
            period ->
                new Funnel.Period(
                    unit.startOf(period),
                    canGoOn(unit, period, scope.zone(), now),
                    periods.getOrDefault(period, none).steps()))
        .toList();
  }

  private boolean canGoOn(PeriodUnit unit, int period, ZoneId zone, Instant now) {
    Instant end = unit.startOf(period + 1, zone);
    return query.rules().window().latest(end).isAfter(now);
  }
}
