package io.tenure.segment.store;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.funnel.JourneyQuery;
import io.tenure.segment.domain.funnel.Journeys;
import java.util.List;

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
    TimeRange range = query.entry().endingAt(query.end());
    String events =
        "SELECT user_number, event_key, event_time, %s AS mask FROM events_v1 WHERE %s%s%s"
            .formatted(
                mask(parameters, query),
                EventSql.inRange(parameters, project, range),
                EventSql.andNamed(parameters, query.steps()),
                restriction);
    String packed =
        "SELECT user_number, event_key, bitShiftLeft(toInt64(toUnixTimestamp64Milli(event_time)), "
            + query.steps().size()
            + ") + mask AS packed FROM ("
            + events
            + ") WHERE mask != 0";
    if (query.stepsOverlap()) {
      packed =
          "SELECT user_number, min(packed) AS packed FROM ("
              + packed
              + ") GROUP BY user_number, event_key";
    }
    String sql =
        "SELECT user_number, groupArray(packed) AS journey FROM ("
            + packed
            + ") GROUP BY user_number HAVING max(bitAnd(packed, 1)) = 1";
    return clickHouse
        .scan(
            sql,
            parameters.values(),
            row -> visitor.visit(row.getLong("user_number"), row.getLongArray("journey")))
        .rowsRead();
  }

  private static String mask(SqlParameters parameters, JourneyQuery query) {
    StringBuilder mask = new StringBuilder();
    List<EventSelector> steps = query.steps();
    for (int step = 0; step < steps.size(); step++) {
      String matches = EventSql.matches(parameters, steps.get(step));
      if (step == 0) {
        matches += " AND event_time < " + parameters.instant(query.entry().end());
      } else {
        mask.append(" + ");
      }
      mask.append("if(").append(matches).append(", ").append(1L << step).append(", 0)");
    }
    return mask.toString();
  }
}
