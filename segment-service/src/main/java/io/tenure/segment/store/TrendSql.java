package io.tenure.segment.store;

import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.condition.store.Operand;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.ClosedDays;
import io.tenure.segment.domain.analysis.OpenDayPeriods;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.trend.Aggregate;
import io.tenure.segment.domain.trend.Part;
import io.tenure.segment.domain.trend.TrendCounts.Scan;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one scan of a trend. Events get the number of their period and a slot: the
 * place of their value among those that are told apart, from 1 on, or {@link #OTHER}.
 */
final class TrendSql {

  /** Slot of events with any other value. */
  static final int OTHER = 0;

  /** Is no user's number; keeps a period in the result in which nobody was active. */
  private static final String NOBODY = "toUInt32(4294967295)";

  private final SqlParameters parameters;
  private final ProjectId project;
  private final Scan scan;
  private final Conditions conditions;
  private final ColumnSql columns;

  TrendSql(SqlParameters parameters, ProjectId project, Scan scan, Conditions conditions) {
    this.parameters = parameters;
    this.project = project;
    this.scan = scan;
    this.conditions = conditions;
    this.columns =
        new ColumnSql(parameters, project, scan.by() == null ? List.of() : List.of(scan.by()));
  }

  /** The value of the breakdown of each event. */
  String parts() {
    return "SELECT " + part() + " AS part FROM " + source() + where() + andInPeriod();
  }

  /** Numbers by period and slot. Each event is read once; totals come out of the parts. */
  String counts() {
    StringJoiner states = new StringJoiner(", ");
    StringJoiner numbers = new StringJoiner(", ");
    for (int place = 0; place < scan.measures().size(); place++) {
      AggregateSql aggregate = AggregateSql.of(scan.measures().get(place).aggregate(), place);
      states.add(aggregate.states());
      numbers.add(
          "%s AS number_%d, %s AS divisor_%d"
              .formatted(aggregate.number(), place, aggregate.divisor(), place));
    }
    return """
    SELECT period, %s, grouping(period) AS all_periods, %s, groupBitmapMerge(users_state) AS users
    FROM (SELECT period, slot, %s, groupBitmapState(user_number) AS users_state
      FROM (%s) GROUP BY period, slot)
    GROUP BY GROUPING SETS (%s)
    """
        .formatted(
            slots(),
            numbers,
            states,
            events(),
            scan.by() == null ? "(period), ()" : "(period, slot), (period), (slot), ()");
  }

  /**
   * Users of several periods at each. Every period has a row, so that a number of rows is a number
   * of periods.
   */
  String rolling() {
    int first = scan.scope().firstPeriod(scan.unit()) - scan.before();
    int last = scan.scope().lastPeriod(scan.unit());
    String frame =
        scan.cumulative()
            ? "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
            : "ROWS BETWEEN " + scan.before() + " PRECEDING AND CURRENT ROW";
    String filled =
        "SELECT period, slot, user_number FROM (%s) UNION ALL SELECT toInt32(number / %d + %d) AS period, toUInt32(number %% %d) AS slot, %s AS user_number FROM numbers(%d)"
            .formatted(
                events(),
                slotCount(),
                first,
                slotCount(),
                NOBODY,
                (last - first + 1L) * slotCount());
    String active =
        "SELECT period, %s, groupBitmapState(user_number) AS active FROM (%s) GROUP BY GROUPING SETS (%s)"
            .formatted(
                slots(), filled, scan.by() == null ? "(period)" : "(period, slot), (period)");
    String rolled =
        "SELECT period, slot, all_slots, groupBitmapMerge(active) OVER (PARTITION BY all_slots,"
            + " slot ORDER BY period "
            + frame
            + ") - 1 AS users, groupBitmapMergeIf(active, period >= "
            + (first + scan.before())
            + ") OVER (PARTITION BY all_slots, slot) - 1 AS in_range FROM ("
            + active
            + ")";
    return """
    SELECT period, slot, all_slots, 0 AS all_periods, toString(users) AS number_0, 1 AS divisor_0, users
    FROM (%1$s) WHERE period >= %2$d
    UNION ALL
    SELECT 0 AS period, slot, all_slots, 1 AS all_periods, toString(any(in_range)) AS number_0, 1 AS divisor_0, any(in_range) AS users
    FROM (%1$s) GROUP BY slot, all_slots
    """
        .formatted(rolled, first + scan.before());
  }

  /** The users behind a number. */
  String users(Part part, Optional<Integer> period) {
    int first = scan.scope().firstPeriod(scan.unit());
    int from =
        scan.cumulative() ? first : period.orElse(first) - (period.isEmpty() ? 0 : scan.before());
    int to = period.orElse(scan.scope().lastPeriod(scan.unit()));
    String sql =
        "SELECT DISTINCT user_number FROM (%s) WHERE period BETWEEN %d AND %d"
            .formatted(events(), from, to);
    return switch (part) {
      case Part.All _ -> sql;
      case Part.Value value -> sql + " AND slot = " + (scan.values().indexOf(value) + 1);
      case Part.Other _ -> sql + " AND slot = " + OTHER;
    };
  }

  /** The slot of a result; without a breakdown there is nothing to tell apart. */
  private String slots() {
    return scan.by() == null ? "0 AS slot, 1 AS all_slots" : "slot, grouping(slot) AS all_slots";
  }

  private int slotCount() {
    return scan.values().size() + 1;
  }

  private String events() {
    return "SELECT "
        + period()
        + " AS period, toUInt32("
        + slot()
        + ") AS slot, user_number"
        + amounts()
        + " FROM "
        + source()
        + where()
        + andInPeriod();
  }

  private String amounts() {
    StringBuilder amounts = new StringBuilder();
    for (int place = 0; place < scan.measures().size(); place++) {
      Aggregate aggregate = scan.measures().get(place).aggregate();
      @Nullable String property = aggregate.amount();
      if (property != null) {
        Operand operand = EventSql.operand(parameters, property);
        amounts.append(", %s AS amount_%d".formatted(amount(aggregate, operand), place));
      }
    }
    return amounts.toString();
  }

  private static String amount(Aggregate aggregate, Operand amount) {
    return aggregate instanceof Aggregate.DistinctValues
        ? "if(" + amount.present() + ", " + amount.raw() + ", NULL)"
        : amount.decimal();
  }

  private String slot() {
    if (scan.by() == null) {
      return "0";
    }
    List<String> values =
        scan.values().stream().map(value -> Journey.written(value.value())).toList();
    return "indexOf(" + parameters.texts(values) + ", " + part() + ")";
  }

  private String part() {
    return scan.by() == null ? "''" : columns.marked(scan.by());
  }

  private String source() {
    return columns.source(scan.duplicatesMatter() ? "events_final_v1" : "events_v1");
  }

  private String where() {
    return " WHERE "
        + EventSql.inRange(parameters, project, range())
        + " AND "
        + EventSql.matches(parameters, scan.selector())
        + conditions.andEvents(parameters, project, scan.scope().population(), range());
  }

  /** What belongs to no period is in no total either. */
  private String andInPeriod() {
    boolean gaps =
        scan.unit() instanceof OpenDayPeriods open && open.closed() == ClosedDays.LEFT_OUT;
    return gaps ? " AND " + period() + " != " + parameters.keep("Int32", Periods.NONE) : "";
  }

  private String period() {
    return PeriodSql.period(parameters, scan.unit(), scan.scope().zone(), range());
  }

  private TimeRange range() {
    Scope scope = scan.scope();
    int first = scope.firstPeriod(scan.unit()) - scan.before();
    return scan.before() == 0
        ? scope.range()
        : new TimeRange(scan.unit().startOf(first, scope.zone()), scope.range().end());
  }
}
