package io.tenure.segment.domain.session;

import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.session.SessionCell.Role;
import io.tenure.segment.domain.tally.Counts;
import io.tenure.segment.domain.tally.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cuts one user's events after another into sessions and counts them under all their names. */
final class SessionTally implements Journeys.Tally<SessionCell> {

  private final SessionQuery query;
  private final List<Dictionary> dictionaries;
  private final long rangeStart;
  private final long rangeEnd;

  /** By the cells themselves, so a number and the users behind it cannot differ. */
  private final Counts<SessionCell> counts = new Counts<>();

  private final Map<SessionCell, Samples> depths = new HashMap<>();
  private final Map<SessionCell, Samples> durations = new HashMap<>();
  private final Set<Integer> names = new HashSet<>();
  private final Map<Integer, Label> labels = new HashMap<>();

  SessionTally(SessionQuery query, List<Dictionary> dictionaries) {
    this.query = query;
    this.dictionaries = dictionaries;
    this.rangeStart = query.scope().range().start().toEpochMilli();
    this.rangeEnd = query.scope().range().end().toEpochMilli();
  }

  /** Adds the sessions of the next user. */
  @Override
  public void visit(Journey journey) {
    counts.nextUser();
    for (int first = 0; first < journey.size(); ) {
      int end = journey.sessionEnd(first, query.rule(), query.startMask(), query.stopMask());
      if (journey.time(first) >= rangeStart && journey.time(first) < rangeEnd) {
        session(journey, first, end);
      }
      first = end;
    }
  }

  @Override
  public boolean isBehind(SessionCell cell) {
    return counts.has(cell);
  }

  Sessions result(Instant now) {
    Scope scope = query.scope();
    Periods unit = query.periods();
    List<Sessions.Period> periods =
        IntStream.rangeClosed(scope.firstPeriod(unit), scope.lastPeriod(unit))
            .mapToObj(
                period ->
                    new Sessions.Period(
                        unit.label(period),
                        unit.endOf(period, scope.zone()).plus(query.rule().longest()).isAfter(now),
                        figures(
                            new SessionCell.Period(period, false),
                            new SessionCell.Period(period, true))))
            .toList();
    return new Sessions(
        figures(new SessionCell.All(false), new SessionCell.All(true)),
        periods,
        values(),
        IntStream.range(0, Sessions.DEPTHS.size())
            .mapToObj(index -> count(new SessionCell.Depth(index)))
            .toList(),
        IntStream.range(0, Sessions.DURATIONS.size())
            .mapToObj(index -> count(new SessionCell.Length(index)))
            .toList(),
        events());
  }

  private void session(Journey journey, int first, int end) {
    long depth = end - first;
    long length = journey.time(end - 1) - journey.time(first);
    int period =
        query.periods().indexOf(Instant.ofEpochMilli(journey.time(first)), query.scope().zone());
    group(journey, new SessionCell.All(false), new SessionCell.All(true), depth, length);
    if (period != Periods.NONE) {
      group(
          journey,
          new SessionCell.Period(period, false),
          new SessionCell.Period(period, true),
          depth,
          length);
    }
    if (query.property() != null) {
      Label label = dictionaries.get(1).label(journey.code(1, first));
      group(
          journey,
          new SessionCell.Value(label, false),
          new SessionCell.Value(label, true),
          depth,
          length);
    }
    counts.add(new SessionCell.Depth(lastAtMost(Sessions.DEPTHS, depth)));
    counts.add(new SessionCell.Length(lastAtMost(Sessions.DURATIONS, Duration.ofMillis(length))));
    events(journey, first, end);
  }

  private void events(Journey journey, int first, int end) {
    names.clear();
    for (int event = first; event < end; event++) {
      if (names.add(journey.code(0, event))) {
        counts.add(new SessionCell.Event(name(journey, event), Role.PART));
      }
    }
    counts.add(new SessionCell.Event(name(journey, first), Role.ENTRY));
    counts.add(new SessionCell.Event(name(journey, end - 1), Role.EXIT));
  }

  private Label name(Journey journey, int event) {
    return labels.computeIfAbsent(journey.code(0, event), dictionaries.getFirst()::label);
  }

  private void group(
      Journey journey, SessionCell cell, SessionCell bounced, long depth, long length) {
    counts.add(cell);
    if (depth == 1) {
      counts.add(bounced);
    }
    depths.computeIfAbsent(cell, _ -> new Samples()).add(journey.user(), depth);
    durations.computeIfAbsent(cell, _ -> new Samples()).add(journey.user(), length);
  }

  private Sessions.Figures figures(SessionCell cell, SessionCell bounced) {
    @Nullable Samples depth = depths.get(cell);
    @Nullable Samples duration = durations.get(cell);
    return new Sessions.Figures(
        count(cell),
        depth == null ? 0 : depth.sum(),
        depth == null ? 0 : depth.medianCount(),
        duration == null ? null : duration.spread(),
        count(bounced));
  }

  private List<Sessions.Value> values() {
    return depths.keySet().stream()
        .filter(SessionCell.Value.class::isInstance)
        .map(SessionCell.Value.class::cast)
        .sorted(
            Comparator.<SessionCell.Value>comparingLong(cell -> -counts.times(cell))
                .thenComparing(SessionCell.Value::label))
        .map(
            cell ->
                new Sessions.Value(
                    cell.label(), figures(cell, new SessionCell.Value(cell.label(), true))))
        .toList();
  }

  private List<Sessions.Event> events() {
    return labels.values().stream()
        .sorted(
            Comparator.<Label>comparingLong(
                    name -> -counts.times(new SessionCell.Event(name, Role.PART)))
                .thenComparing(Comparator.naturalOrder()))
        .map(
            name ->
                new Sessions.Event(
                    name,
                    count(new SessionCell.Event(name, Role.PART)),
                    count(new SessionCell.Event(name, Role.ENTRY)),
                    count(new SessionCell.Event(name, Role.EXIT))))
        .toList();
  }

  private Sessions.Count count(SessionCell cell) {
    return new Sessions.Count(counts.times(cell), counts.users(cell));
  }

  private static <T extends Comparable<? super T>> int lastAtMost(List<T> bounds, T value) {
    int index = bounds.size() - 1;
    while (bounds.get(index).compareTo(value) > 0) {
      index--;
    }
    return index;
  }
}
