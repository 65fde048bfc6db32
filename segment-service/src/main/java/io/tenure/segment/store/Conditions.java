package io.tenure.segment.store;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Population;
import io.tenure.segment.domain.analysis.SessionFilter;
import io.tenure.segment.domain.funnel.FunnelFold;
import io.tenure.segment.domain.funnel.FunnelRules;
import io.tenure.segment.domain.journey.FilteredSessions;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.saved.Shelf;
import io.tenure.segment.domain.segment.SegmentDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns conditions into SQL. For two things SQL has no exact and linear way: the users of a
 * sequence are found by the same fold as a funnel's, the events of sessions by the same cut as the
 * sessions' own analysis, and parked in a table the statement then reads.
 */
public final class Conditions {

  private final Parked parked;
  private final Scans scans;
  private final Shelf<SegmentDraft> catalog;
  private final JourneyScan journeys;

  /** Conditions over the given store; the catalog tells which segments exist. */
  public Conditions(ClickHouse clickHouse, Scans scans, Shelf<SegmentDraft> catalog) {
    this.parked = new Parked(clickHouse);
    this.scans = scans;
    this.catalog = catalog;
    this.journeys = new JourneyScan(scans);
  }

  /** For a statement that asks conditions. */
  SqlParameters parameters() {
    return scans.parameters();
  }

  /** An expression for the bitmap of users for whom the condition holds as of an instant. */
  String users(SqlParameters parameters, ProjectId project, Condition condition, Instant asOf) {
    requireSegments(project, condition);
    return new ConditionSql(parameters, project, asOf, sequence -> park(project, sequence, asOf))
        .users(condition);
  }

  /**
   * A population as a condition on events to add to a WHERE; empty for all events of everybody.
   *
   * @param reading when the events lie that are looked at
   */
  String andEvents(
      SqlParameters parameters, ProjectId project, Population population, TimeRange reading) {
    String users =
        andUsers(parameters, project, population)
            + andReceived(parameters, population.receivedUntil());
    SessionFilter sessions = population.sessions();
    return sessions == null
        ? users
        : users
            + " AND event_key IN (SELECT arrayJoin(event_keys) FROM parked_events WHERE"
            + " evaluation_id = "
            + parameters.text(park(project, population.users(), sessions, reading))
            + ")";
  }

  private static String andReceived(SqlParameters parameters, @Nullable Instant until) {
    return until == null ? "" : " AND receive_time <= " + parameters.instant(until);
  }

  /** Its users as a condition to add to a WHERE; empty for everybody. */
  String andUsers(SqlParameters parameters, ProjectId project, Population population) {
    String sql =
        population.samplePerMille() == Population.ALL
            ? ""
            : " AND intHash64(user_number) %% %d < %d"
                .formatted(Population.ALL, population.samplePerMille());
    if (population.condition() != null) {
      sql +=
          " AND user_number IN (SELECT arrayJoin(bitmapToArray("
              + users(parameters, project, population.condition(), population.asOf())
              + ")))";
    }
    return sql;
  }

  private void requireSegments(ProjectId project, Condition condition) {
    condition
        .segmentIds()
        .distinct()
        .forEach(
            id -> {
              if (catalog.find(project, id).isEmpty()) {
                throw Failure.invalid(
                    "condition", "asks for segment '" + id + "', which does not exist");
              }
            });
  }

  private String park(ProjectId project, Condition.Sequence sequence, Instant asOf) {
    TimeRange entry = sequence.window().before(asOf);
    Instant end = entry.end().plus(sequence.within());
    int steps = sequence.steps().size();
    TimeRange range = entry.endingAt(end.isBefore(asOf) ? end : asOf);
    JourneyQuery query =
        JourneyQuery.of(
            Population.EVERYBODY,
            range,
            sequence.steps(),
            false,
            new JourneyQuery.Entry(1, entry),
            JourneyQuery.overlap(sequence.steps()));
    FunnelFold fold =
        FunnelFold.of(FunnelRules.ordered(steps, sequence.within()), entry.end().toEpochMilli());
    List<Long> found = new ArrayList<>();
    journeys.scan(
        parameters(),
        project,
        query,
        "",
        List.of(),
        journey ->
            fold.fold(
                journey.packed(),
                attempt -> {
                  if (attempt.reached() == steps) {
                    found.add(journey.user());
                  }
                }));
    return parked.users(found);
  }

  /** The events of the sessions that count. */
  private String park(
      ProjectId project, Population users, SessionFilter filter, TimeRange reading) {
    FilteredSessions sessions = new FilteredSessions(filter);
    SqlParameters parameters = parameters();
    try (Parked.Events events = parked.events()) {
      journeys.scan(
          parameters,
          project,
          sessions.journeys(users, reading),
          andEvents(parameters, project, users, reading),
          List.of(),
          journey -> sessions.visit(journey, events::add));
      return events.evaluation();
    }
  }
}
