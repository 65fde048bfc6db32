package io.tenure.segment.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.funnel.FunnelOrder;
import io.tenure.segment.domain.funnel.Journey;
import io.tenure.segment.domain.funnel.JourneyQuery;
import io.tenure.segment.domain.funnel.Journeys;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

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
        "SELECT user_number, event_key, event_time, %s AS mask%s FROM events_v1 WHERE %s%s%s%s"
            .formatted(
                mask(parameters, query.selectors()),
                columns(parameters, query),
                EventSql.inRange(parameters, project, range),
                strict ? "" : EventSql.andNamed(parameters, query.selectors()),
                held(parameters, query),
                restriction);
    String more = more(query);
    String packed =
        "SELECT user_number, event_key"
            + more
            + ", bitShiftLeft(toInt64(toUnixTimestamp64Milli(event_time)), "
            + query.packing().bits()
            + ") + mask AS packed FROM ("
            + events
            + ")"
            + (strict ? "" : " WHERE mask != 0");
    if (query.duplicatesMatter()) {
      packed =
          "SELECT user_number"
              + more
              + ", packed FROM ("
              + packed
              + ") ORDER BY packed LIMIT 1 BY user_number, event_key";
    }
    String sql =
        "SELECT user_number, "
            + journey(query)
            + " FROM ("
            + packed
            + ") GROUP BY user_number"
            + (query.held().isEmpty() ? "" : ", keys")
            + " HAVING countIf("
            + begins(parameters, query)
            + ") > 0"
            + (query.held().isEmpty() ? "" : " ORDER BY user_number");
    return clickHouse
        .scan(
            sql,
            parameters.values(),
            row -> visitor.visit(row.getLong("user_number"), journey(query, row)))
        .rowsRead();
  }

  /** The values that are held, and the one that tells attempts apart. */
  private static String columns(SqlParameters parameters, JourneyQuery query) {
    StringBuilder columns = new StringBuilder();
    if (!query.held().isEmpty()) {
      columns.append(
          query.held().stream()
              .map(property -> "properties[" + parameters.text(property) + "]")
              .collect(Collectors.joining(", ", ", array(", ") AS keys")));
    }
    if (query.breakdown() != null) {
      columns.append(
          ", if(mapContains(properties, %1$s), concat('=', properties[%1$s]), '') AS value"
              .formatted(parameters.text(query.breakdown())));
    }
    return columns.toString();
  }

  private static String more(JourneyQuery query) {
    return (query.held().isEmpty() ? "" : ", keys") + (query.breakdown() == null ? "" : ", value");
  }

  private static String held(SqlParameters parameters, JourneyQuery query) {
    return query.held().stream()
        .map(property -> " AND mapContains(properties, " + parameters.text(property) + ")")
        .collect(Collectors.joining());
  }

  private static String journey(JourneyQuery query) {
    return query.breakdown() == null
        ? "groupArray(packed) AS events"
        : "arraySort(groupArray((packed, value))) AS pairs, arrayMap(x -> x.1, pairs) AS events,"
            + " arrayMap(x -> x.2, pairs) AS event_values";
  }

  private static Journey journey(JourneyQuery query, GenericRecord row) {
    long[] events = row.getLongArray("events");
    if (query.breakdown() == null) {
      Arrays.sort(events);
      return new Journey(events, List.of());
    }
    return new Journey(events, row.<String>getList("event_values"));
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
