package io.tenure.collector.store;

import io.tenure.collector.domain.canary.CanaryEvent;
import io.tenure.collector.domain.canary.CanarySight;
import io.tenure.platform.clickhouse.ClickHouse;
import java.time.ZoneOffset;
import java.util.Map;

/** Looks where analyses look: at the view of events. */
public final class ClickHouseCanarySight implements CanarySight {

  private final ClickHouse clickHouse;

  /** Looks into a server. */
  public ClickHouseCanarySight(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public boolean sees(CanaryEvent event) {
    return clickHouse
        .query(
            """
            SELECT count() > 0 AS there FROM events_v1
            WHERE project_id = {project:String} AND name = {name:String}
              AND toDate(event_time) = {day:Date} AND event_id = {id:String}
            """,
            Map.of(
                "project", CanaryEvent.PROJECT.value(),
                "name", CanaryEvent.NAME,
                "day", event.time().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                "id", event.id()),
            row -> row.getBoolean("there"))
        .getFirst();
  }
}
