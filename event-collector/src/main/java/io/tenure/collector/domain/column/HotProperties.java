package io.tenure.collector.domain.column;

import io.tenure.collector.domain.column.ColumnChange.Cause;
import io.tenure.collector.domain.column.ColumnDemand.Asked;
import io.tenure.collector.domain.column.ColumnSample.Counts;
import io.tenure.collector.domain.column.ColumnSample.Values;
import io.tenure.collector.domain.column.PropertyColumns.Stored;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives columns to the properties that cost most, and takes back what nobody reads any more. The
 * cost of a property is how often statements read it times how many events have it. At each step
 * one thing changes at most, and never a column an administrator made. A step that was cut short is
 * carried on like any other change of columns.
 */
public final class HotProperties {

  /** Who asked for columns that nobody asked for. */
  public static final String AUTHOR = "tenure:hot-properties";

  /** Key of the turn that one of all collectors has. */
  public static final String TURN = "columns:turn";

  /** Properties looked at in the events, the most wanted first. */
  private static final int CANDIDATES = 20;

  /** A column that keeps each text once serves up to about so many. */
  private static final long MOST_CHOICES = 10_000;

  private static final Duration SAMPLED = Duration.ofDays(1);
  private static final Asked NEVER = new Asked(0, 0);

  private final PropertyColumns columns;
  private final ColumnDemand demand;
  private final ColumnSample sample;
  private final PersonalProperties personal;
  private final ColumnTurn turn;
  private final ColumnRule rule;
  private final Clock clock;

  /** Hot by the given rule. */
  public HotProperties(
      PropertyColumns columns,
      ColumnDemand demand,
      ColumnSample sample,
      PersonalProperties personal,
      ColumnTurn turn,
      ColumnRule rule,
      Clock clock) {
    this.columns = columns;
    this.demand = demand;
    this.sample = sample;
    this.personal = personal;
    this.turn = turn;
    this.rule = rule;
    this.clock = clock;
  }

  /** Looks once. */
  public ColumnChange look() {
    if (!turn.take()) {
      return new ColumnChange.None();
    }
    List<Stored> known = columns.list();
    Set<String> kept = personal.names();
    return retire(known, kept).or(() -> promote(known, kept)).orElseGet(ColumnChange.None::new);
  }

  private Optional<ColumnChange> retire(List<Stored> known, Set<String> kept) {
    List<PropertyColumn> own =
        known.stream().map(Stored::column).filter(HotProperties::isOwn).toList();
    Optional<PropertyColumn> secret =
        own.stream().filter(column -> kept.contains(column.property())).findFirst();
    if (secret.isPresent()) {
      return secret.map(column -> retired(column, Cause.PERSONAL));
    }
    return unused(own).map(column -> retired(column, Cause.UNUSED));
  }

  private ColumnChange retired(PropertyColumn column, Cause cause) {
    return new ColumnChange.Retired(columns.demote(column.number(), AUTHOR), cause);
  }

  /** Counts that don't reach back far enough, perhaps because they were lost, say nothing. */
  private Optional<PropertyColumn> unused(List<PropertyColumn> own) {
    Instant before = clock.instant().minus(rule.unusedDays(), ChronoUnit.DAYS);
    LocalDate day = LocalDate.ofInstant(before, ZoneOffset.UTC);
    if (own.isEmpty() || demand.beginning().filter(first -> !first.isAfter(day)).isEmpty()) {
      return Optional.empty();
    }
    Set<String> asked = demand.last(rule.unusedDays()).keySet();
    return own.stream()
        .filter(column -> column.time().isBefore(before) && !asked.contains(column.property()))
        .findFirst();
  }

  private Optional<ColumnChange> promote(List<Stored> known, Set<String> kept) {
    long own = known.stream().filter(stored -> isOwn(stored.column())).count();
    boolean storing = known.stream().anyMatch(stored -> stored.storedRows() < stored.rows());
    if (storing || own >= rule.most() || !columns.hasRoom()) {
      return Optional.empty();
    }
    Set<String> present =
        known.stream().map(stored -> stored.column().property()).collect(Collectors.toSet());
    Map<String, Asked> wanted = demand.last(rule.days());
    List<String> candidates =
        wanted.entrySet().stream()
            .filter(entry -> isWanted(entry.getValue()))
            .filter(entry -> !present.contains(entry.getKey()) && !kept.contains(entry.getKey()))
            .sorted(Comparator.comparingLong(entry -> -entry.getValue().statements()))
            .limit(CANDIDATES)
            .map(Map.Entry::getKey)
            .toList();
    return hottest(candidates, wanted);
  }

  private boolean isWanted(Asked asked) {
    return asked.statements() >= rule.statements() && asked.days() >= rule.askedDays();
  }

  private Optional<ColumnChange> hottest(List<String> candidates, Map<String, Asked> wanted) {
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Counts counts = sample.count(candidates, now.minus(SAMPLED), now);
    return counts.values().entrySet().stream()
        .filter(entry -> entry.getValue().events() >= rule.share() * counts.events())
        .max(
            Comparator.comparingDouble(
                entry ->
                    (double) wanted.getOrDefault(entry.getKey(), NEVER).statements()
                        * entry.getValue().events()))
        .map(
            entry ->
                new ColumnChange.Promoted(
                    columns.promote(entry.getKey(), kind(entry.getValue()), AUTHOR)));
  }

  private static ColumnKind kind(Values values) {
    if (values.numbers() == values.events()) {
      return ColumnKind.NUMBER;
    }
    return values.different() <= MOST_CHOICES ? ColumnKind.CHOICE : ColumnKind.TEXT;
  }

  /** One that is on its way out is nobody's any more. */
  private static boolean isOwn(PropertyColumn column) {
    return column.author().equals(AUTHOR) && column.state() != ColumnState.RETIRED;
  }
}
