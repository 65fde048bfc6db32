package io.tenure.segment.store;

import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.lifecycle.LifecycleQuery;
import io.tenure.segment.domain.lifecycle.Lifespans;
import io.tenure.segment.domain.lifecycle.Newcomer;
import java.time.Instant;

/** Lifespans packed by ClickHouse. */
public final class ClickHouseLifespans implements Lifespans {

  private final Scans scans;
  private final Conditions conditions;

  /** Lifespans of the users a condition may restrict. */
  public ClickHouseLifespans(Scans scans, Conditions conditions) {
    this.scans = scans;
    this.conditions = conditions;
  }

  @Override
  public void scan(ProjectId project, LifecycleQuery query, Visitor visitor) {
    SqlParameters parameters = scans.parameters();
    boolean profile = query.newcomer() == Newcomer.FIRST_OF_PROFILE;
    String active = active(parameters, project, query, profile);
    String sql =
        profile
            ? """
            SELECT user_number, if(seen > 0, seen, earliest) AS began, periods FROM (%s) AS active
            ANY LEFT JOIN (SELECT user_number, toUnixTimestamp64Milli(first_seen_time) AS seen
              FROM profiles_v1 WHERE project_id = %s) AS profiles USING (user_number)
            """
                .formatted(active, parameters.project(project))
            : active;
    scans.scan(
        sql,
        parameters,
        row ->
            visitor.visit(
                row.getLong("user_number"),
                Instant.ofEpochMilli(row.getLong(profile ? "began" : "earliest")),
                row.getLongArray("periods")));
  }

  /** Who is new by the first matching event needs all of them; the others only what is shown. */
  private String active(
      SqlParameters parameters, ProjectId project, LifecycleQuery query, boolean profile) {
    Scope scope = query.scope();
    TimeRange shown = new TimeRange(query.start(), scope.range().end());
    TimeRange read = profile ? shown : TimeRange.before(scope.range().end());
    String none = parameters.keep("Int32", Periods.NONE);
    String events =
        "SELECT user_number, event_time, if(event_time >= %s, %s, %s) AS period FROM events_v1 WHERE %s AND %s%s"
            .formatted(
                parameters.instant(shown.start()),
                PeriodSql.period(parameters, query.unit(), scope.zone(), shown),
                none,
                EventSql.inRange(parameters, project, read),
                EventSql.matches(parameters, query.selector()),
                conditions.andEvents(parameters, project, scope.population(), read));
    return """
    SELECT user_number, toUnixTimestamp64Milli(min(event_time)) AS earliest,
      groupUniqArrayIf(toInt64(period), period = %s OR period != %s AND event_time >= %s) AS periods
    FROM (%s) GROUP BY user_number HAVING notEmpty(periods)
    """
        .formatted(
            parameters.number(query.before()),
            none,
            parameters.instant(scope.range().start()),
            events);
  }
}
