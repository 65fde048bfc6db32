package io.tenure.segment.store;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Cohorting;
import io.tenure.segment.domain.retention.Activity;
import java.util.List;
import java.util.stream.LongStream;

/** Periods of activity packed by ClickHouse. */
public final class ClickHouseActivity implements Activity {

  private final Scans scans;
  private final Conditions conditions;

  /** Activity of the users a condition may restrict. */
  public ClickHouseActivity(Scans scans, Conditions conditions) {
    this.scans = scans;
    this.conditions = conditions;
  }

  @Override
  public void scan(ProjectId project, CohortQuery query, Visitor visitor) {
    if (query.cohorting() == Cohorting.EVERY_PERIOD) {
      scanEveryPeriod(project, query, visitor);
    } else {
      scanFirst(project, query, visitor);
    }
  }

  private void scanEveryPeriod(ProjectId project, CohortQuery query, Visitor visitor) {
    SqlParameters parameters = scans.parameters();
    Scope scope = query.scope();
    String events =
        "SELECT user_number, %s AS period, if(%s AND event_time < %s, %d, 0) + if(%s, %d, 0) AS kinds FROM events_v1 WHERE %s%s%s"
            .formatted(
                PeriodSql.period(parameters, query.unit(), scope.zone(), query.range()),
                EventSql.matches(parameters, query.start()),
                parameters.instant(scope.range().end()),
                START,
                EventSql.matches(parameters, query.follow()),
                RETURN,
                EventSql.inRange(parameters, project, query.range()),
                EventSql.andNamed(parameters, List.of(query.start(), query.follow())),
                conditions.andEvents(parameters, project, scope.population(), query.range()));
    String sql =
        "SELECT user_number, groupUniqArray(toInt64(period) * 4 + kinds) AS marks FROM ("
            + events
            + ") WHERE kinds != 0 AND period != "
            + parameters.keep("Int32", Periods.NONE)
            + " GROUP BY user_number HAVING max(bitAnd(kinds, 1)) = 1";
    scans.scan(
        sql,
        parameters,
        row -> visitor.visit(row.getLong("user_number"), row.getLongArray("marks")));
  }

  /** The period of the first start comes by itself; what follows comes as periods. */
  private void scanFirst(ProjectId project, CohortQuery query, Visitor visitor) {
    SqlParameters parameters = scans.parameters();
    Scope scope = query.scope();
    TimeRange counted = scope.range().endingAt(query.range().end());
    String start = parameters.instant(scope.range().start());
    EventSelector named =
        query.cohorting() == Cohorting.FIRST_EVER
            ? EventSelector.named(query.start().name())
            : query.start();
    String events =
        "SELECT user_number, event_time, %s AS is_start, %s AS is_first, %s AS is_return, if(event_time >= %s, %s, %s) AS period FROM events_v1 WHERE %s%s%s"
            .formatted(
                EventSql.matches(parameters, query.start()),
                EventSql.matches(parameters, named),
                EventSql.matches(parameters, query.follow()),
                start,
                PeriodSql.period(parameters, query.unit(), scope.zone(), counted),
                parameters.keep("Int32", Periods.NONE),
                EventSql.inRange(parameters, project, query.range()),
                EventSql.andNamed(parameters, List.of(query.start(), query.follow())),
                conditions.andEvents(parameters, project, scope.population(), query.range()));
    String sql =
        """
        SELECT user_number, argMinIf(period, event_time, is_start) AS cohort,
          groupUniqArrayIf(toInt64(period) * 4 + %d, is_return AND period != %s) AS marks
        FROM (%s) GROUP BY user_number
        HAVING countIf(is_start) > 0 AND minIf(event_time, is_start) = minIf(event_time, is_first)
          AND minIf(event_time, is_start) >= %s AND minIf(event_time, is_start) < %s AND cohort != %s
        """
            .formatted(
                RETURN,
                parameters.keep("Int32", Periods.NONE),
                events,
                start,
                parameters.instant(scope.range().end()),
                parameters.keep("Int32", Periods.NONE));
    scans.scan(
        sql,
        parameters,
        row -> {
          LongStream marks =
              LongStream.concat(
                  LongStream.of(row.getLong("cohort") * 4 + START),
                  LongStream.of(row.getLongArray("marks")));
          visitor.visit(row.getLong("user_number"), marks.toArray());
        });
  }
}
