package io.tenure.segment.store;

import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.trend.TrendCounts;
import io.tenure.segment.domain.trend.TrendQuery;
import java.util.HashMap;
import java.util.Map;

/** Trends counted by ClickHouse: periods and total in one pass. */
public final class ClickHouseTrendCounts implements TrendCounts {

  private static final int TOTAL = Integer.MIN_VALUE;

  private final ClickHouse clickHouse;
  private final Conditions conditions;

  /** Counts of the users a condition may restrict. */
  public ClickHouseTrendCounts(ClickHouse clickHouse, Conditions conditions) {
    this.clickHouse = clickHouse;
    this.conditions = conditions;
  }

  @Override
  public Counts count(ProjectId project, TrendQuery query) {
    SqlParameters parameters = new SqlParameters();
    Scope scope = query.scope();
    String sql =
        """
        SELECT period, grouping(period) AS is_total, uniqExact(event_key) AS events, groupBitmap(user_number) AS users
        FROM (SELECT %s AS period, event_key, user_number FROM events_v1 WHERE %s AND %s%s)
        GROUP BY GROUPING SETS ((period), ())
        """
            .formatted(
                PeriodSql.period(parameters, query.unit(), scope.zone()),
                EventSql.inRange(parameters, project, scope.range()),
                EventSql.matches(parameters, query.selector()),
                conditions.andUsers(parameters, project, scope.users(), scope.range().end()));
    Map<Integer, Count> counts = new HashMap<>();
    ClickHouse.Reading reading =
        clickHouse.scan(
            sql,
            parameters.values(),
            row -> {
              boolean total = row.getLong("is_total") == 1;
              counts.put(
                  total ? TOTAL : Math.toIntExact(row.getLong("period")),
                  new Count(row.getLong("events"), row.getLong("users")));
            });
    Count total = counts.remove(TOTAL);
    return new Counts(Map.copyOf(counts), total == null ? Count.NONE : total, reading.rowsRead());
  }
}
