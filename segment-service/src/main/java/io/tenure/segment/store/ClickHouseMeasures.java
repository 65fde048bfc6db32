package io.tenure.segment.store;

import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.distribution.DistributionQuery;
import io.tenure.segment.domain.distribution.Measures;
import io.tenure.segment.domain.distribution.UserMeasure;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** Users measured by ClickHouse: one row for each user and frame, grouped where only counted. */
public final class ClickHouseMeasures implements Measures {

  private final Scans scans;
  private final Conditions conditions;

  /** Measures of the users a condition may restrict. */
  public ClickHouseMeasures(Scans scans, Conditions conditions) {
    this.scans = scans;
    this.conditions = conditions;
  }

  @Override
  public List<Group> groups(ProjectId project, DistributionQuery query) {
    SqlParameters parameters = scans.parameters();
    String known =
        query.withInactive()
            ? "countIf(user_number IN (" + everybody(parameters, project, query) + "))"
            : "0";
    String sql =
        "SELECT frame, toString(measure) AS measured, count() AS users, toUInt64(%s) AS known FROM (%s) GROUP BY frame, measure"
            .formatted(known, measured(parameters, project, query));
    return scans.rows(
        sql,
        parameters,
        row ->
            new Group(
                Math.toIntExact(row.getLong("frame")),
                new BigDecimal(row.getString("measured")),
                row.getLong("users"),
                row.getLong("known")));
  }

  @Override
  public long everybody(ProjectId project, DistributionQuery query) {
    SqlParameters parameters = scans.parameters();
    String sql = "SELECT count() AS users FROM (" + everybody(parameters, project, query) + ")";
    return scans.rows(sql, parameters, row -> row.getLong("users")).stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Override
  public long[] users(
      ProjectId project, DistributionQuery query, int frame, Predicate<BigDecimal> wanted) {
    SqlParameters parameters = scans.parameters();
    LongStream.Builder found = LongStream.builder();
    scans.scan(
        "SELECT user_number, toString(measure) AS measured FROM (%s) WHERE frame = %s"
            .formatted(measured(parameters, project, query), parameters.number(frame)),
        parameters,
        row -> {
          if (wanted.test(new BigDecimal(row.getString("measured")))) {
            found.add(row.getLong("user_number"));
          }
        });
    return found.build().sorted().toArray();
  }

  @Override
  public long[] inactive(ProjectId project, DistributionQuery query, int frame) {
    SqlParameters parameters = scans.parameters();
    LongStream.Builder found = LongStream.builder();
    scans.scan(
        "SELECT user_number FROM (%s) WHERE user_number NOT IN (SELECT user_number FROM (%s) WHERE frame = %s)"
            .formatted(
                everybody(parameters, project, query),
                measured(parameters, project, query),
                parameters.number(frame)),
        parameters,
        row -> found.add(row.getLong("user_number")));
    return found.build().sorted().toArray();
  }

  private String everybody(SqlParameters parameters, ProjectId project, DistributionQuery query) {
    return "SELECT user_number FROM profiles_v1 WHERE project_id = "
        + parameters.project(project)
        + conditions.andUsers(parameters, project, query.scope().population());
  }

  private String measured(SqlParameters parameters, ProjectId project, DistributionQuery query) {
    return switch (query.measure()) {
      case UserMeasure.Events() ->
          "SELECT user_number, frame, count() AS measure FROM (%s) GROUP BY user_number, frame"
              .formatted(events(parameters, project, query, "", true));
      case UserMeasure.Sum(var property) -> {
        String number =
            ", " + EventSql.operand(parameters, property.name()).decimal() + " AS number";
        yield "SELECT user_number, frame, sum(number) AS measure FROM (%s) WHERE number IS NOT NULL GROUP BY user_number, frame"
            .formatted(events(parameters, project, query, number, true));
      }
      case UserMeasure.ActivePeriods active -> active(parameters, project, query, active);
    };
  }

  private String active(
      SqlParameters parameters,
      ProjectId project,
      DistributionQuery query,
      UserMeasure.ActivePeriods active) {
    Scope scope = query.scope();
    String period =
        ", "
            + PeriodSql.period(parameters, active.unit(), scope.zone(), scope.range())
            + " AS period";
    boolean once = active.least() == 1;
    String events = events(parameters, project, query, period, !once);
    String none = parameters.keep("Int32", Periods.NONE);
    if (once) {
      return "SELECT user_number, frame, %s AS measure FROM (%s) WHERE period != %s GROUP BY user_number, frame"
          .formatted(different(parameters, scope, active.unit()), events, none);
    }
    return """
    SELECT user_number, frame, count() AS measure FROM (
      SELECT user_number, frame, period FROM (%s) WHERE period != %s
      GROUP BY user_number, frame, period HAVING count() >= %s)
    GROUP BY user_number, frame
    """
        .formatted(events, none, parameters.number(active.least()));
  }

  /** How many different periods: as bits of one number where they fit, else as a set. */
  private static String different(SqlParameters parameters, Scope scope, Periods unit) {
    int first = scope.firstPeriod(unit);
    return scope.lastPeriod(unit) - (long) first < Long.SIZE
        ? "bitCount(groupBitOr(bitShiftLeft(toUInt64(1), period - "
            + parameters.number(first)
            + ")))"
        : "uniqExact(period)";
  }

  /**
   * @param duplicatesMatter whether a stored duplicate would be counted
   */
  private String events(
      SqlParameters parameters,
      ProjectId project,
      DistributionQuery query,
      String more,
      boolean duplicatesMatter) {
    Scope scope = query.scope();
    TimeRange range = scope.range();
    String frame =
        query.frame() == null
            ? "toInt32(0)"
            : PeriodSql.period(parameters, query.frame(), scope.zone(), range);
    String events =
        "SELECT user_number, %s AS frame%s FROM %s WHERE %s AND %s%s"
            .formatted(
                frame,
                more,
                duplicatesMatter ? "events_final_v1" : "events_v1",
                EventSql.inRange(parameters, project, range),
                EventSql.matches(parameters, query.selector()),
                conditions.andEvents(parameters, project, scope.population(), range));
    return query.frame() == null
        ? events
        : "SELECT * FROM (%s) WHERE frame != %s"
            .formatted(events, parameters.keep("Int32", Periods.NONE));
  }
}
