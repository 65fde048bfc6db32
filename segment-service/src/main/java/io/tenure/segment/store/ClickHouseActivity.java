package io.tenure.segment.store;

import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.retention.Activity;
import io.tenure.segment.domain.retention.RetentionQuery;
import java.util.List;

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
  public void scan(ProjectId project, RetentionQuery query, Visitor visitor) {
    SqlParameters parameters = new SqlParameters();
    Scope scope = query.scope();
    TimeRange range = scope.range().endingAt(query.end());
    String events =
        "SELECT user_number, %s AS period, if(%s AND event_time < %s, %d, 0) + if(%s, %d, 0) AS kinds FROM events_v1 WHERE %s%s%s"
            .formatted(
                PeriodSql.period(parameters, query.unit(), scope.zone(), range),
                EventSql.matches(parameters, query.start()),
                parameters.instant(scope.range().end()),
                START,
                EventSql.matches(parameters, query.comeback()),
                RETURN,
                EventSql.inRange(parameters, project, range),
                EventSql.andNamed(parameters, List.of(query.start(), query.comeback())),
                conditions.andUsers(parameters, project, scope.population()));
    String sql =
        "SELECT user_number, groupUniqArray(toInt64(period) * 4 + kinds) AS marks FROM ("
            + events
            + ") WHERE kinds != 0 GROUP BY user_number HAVING max(bitAnd(kinds, 1)) = 1";
    scans.scan(
        sql,
        parameters,
        row -> visitor.visit(row.getLong("user_number"), row.getLongArray("marks")));
  }
}
