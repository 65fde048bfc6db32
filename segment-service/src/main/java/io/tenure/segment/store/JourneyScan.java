package io.tenure.segment.store;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.funnel.FunnelOrder;
import io.tenure.segment.domain.funnel.JourneyQuery;
import io.tenure.segment.domain.funnel.Journeys;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** Packs each user's events for the fold: one time and one bit for each step it can serve. */
final class JourneyScan {

  private final ClickHouse clickHouse;

  JourneyScan(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * @param restriction condition on users to add, as {@link Conditions#andUsers} makes it
   */
  long scan(
      SqlParameters parameters,
      ProjectId project,
      JourneyQuery query,
      String restriction,
      Journeys.Visitor visitor) {
    boolean strict = query.order() == FunnelOrder.STRICT;
    TimeRange range = query.entry().endingAt(query.end());
    String events =
        "SELECT user_number, event_key, event_time, %s AS mask FROM events_v1 WHERE %s%s%s"
            .formatted(
                mask(parameters, query.selectors()),
                EventSql.inRange(parameters, project, range),
                strict ? "" : EventSql.andNamed(parameters, query.selectors()),
                restriction);
    String packed =
        "SELECT user_number, event_key, bitShiftLeft(toInt64(toUnixTimestamp64Milli(event_time)), "
            + query.packing().bits()
            + ") + mask AS packed FROM ("
            + events
            + ")"
            + (strict ? "" : " WHERE mask != 0");
    if (query.duplicatesMatter()) {
      packed =
          "SELECT user_number, min(packed) AS packed FROM ("
              + packed
              + ") GROUP BY user_number, event_key";
    }
    String sql =
        "SELECT user_number, groupArray(packed) AS journey FROM ("
            + packed
            + ") GROUP BY user_number HAVING countIf("
            + begins(parameters, query)
            + ") > 0";
    return clickHouse
        .scan(
            sql,
            parameters.values(),
            row -> {
              long[] journey = row.getLongArray("journey");
              Arrays.sort(journey);
              visitor.visit(row.getLong("user_number"), journey);
            })
        .rowsRead();
  }

  /** Whether a packed event begins an attempt; without an order each step does. */
  private static String begins(SqlParameters parameters, JourneyQuery query) {
    long steps = query.order() == FunnelOrder.ANY ? (1L << query.steps().size()) - 1 : 1;
    long end = query.entry().end().toEpochMilli() << query.packing().bits();
    return "bitAnd(packed, " + steps + ") != 0 AND packed < " + parameters.number(end);
  }

  private static String mask(SqlParameters parameters, List<EventSelector> selectors) {
    StringJoiner mask = new StringJoiner(" + ");
    for (int bit = 0; bit < selectors.size(); bit++) {
      mask.add(
          "if(" + EventSql.matches(parameters, selectors.get(bit)) + ", " + (1L << bit) + ", 0)");
    }
    return mask.toString();
  }
}
