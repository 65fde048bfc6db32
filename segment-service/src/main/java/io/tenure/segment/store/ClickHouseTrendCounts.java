package io.tenure.segment.store;

import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.trend.TrendCell;
import io.tenure.segment.domain.trend.TrendCounts;
import io.tenure.segment.domain.trend.TrendQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** Trends counted by ClickHouse: periods and total in one pass. */
public final class ClickHouseTrendCounts implements TrendCounts {

  private static final int TOTAL = Integer.MIN_VALUE;

  private final Scans scans;
  private final Conditions conditions;

  /** Counts of the users a condition may restrict. */
  public ClickHouseTrendCounts(Scans scans, Conditions conditions) {
    this.scans = scans;
    this.conditions = conditions;
  }

  @Override
  public Counts count(ProjectId project, TrendQuery query) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        """
        SELECT period, grouping(period) AS is_total, uniqExact(event_key) AS events, groupBitmap(user_number) AS users
        FROM (%s) GROUP BY GROUPING SETS ((period), ())
        """
            .formatted(events(parameters, project, query));
    Map<Integer, Count> counts = new HashMap<>();
    scans.scan(
        sql,
        parameters,
        row ->
            counts.put(
                row.getLong("is_total") == 1 ? TOTAL : Math.toIntExact(row.getLong("period")),
                new Count(row.getLong("events"), row.getLong("users"))));
    Count total = counts.remove(TOTAL);
    return new Counts(Map.copyOf(counts), total == null ? Count.NONE : total);
  }

  @Override
  public long[] users(ProjectId project, TrendQuery query, TrendCell cell) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        "SELECT DISTINCT user_number FROM ("
            + events(parameters, project, query)
            + ")"
            + cell.period()
                .map(period -> " WHERE period = " + parameters.number(period))
                .orElse("");
    LongStream.Builder found = LongStream.builder();
    scans.scan(sql, parameters, row -> found.add(row.getLong("user_number")));
    return found.build().sorted().toArray();
  }

  private String events(SqlParameters parameters, ProjectId project, TrendQuery query) {
    Scope scope = query.scope();
    return "SELECT %s AS period, event_key, user_number FROM events_v1 WHERE %s AND %s%s"
        .formatted(
            PeriodSql.period(parameters, query.unit(), scope.zone()),
            EventSql.inRange(parameters, project, scope.range()),
            EventSql.matches(parameters, query.selector()),
            conditions.andUsers(parameters, project, scope.population()));
  }
}
