package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The collector's events as its view promises them. */
public final class EventTable {

  private final ClickHouse clickHouse;

  /** Makes the table and its view. */
  public EventTable(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    clickHouse.execute(
        """
        CREATE TABLE events (project_id LowCardinality(String), name LowCardinality(String),
          event_time DateTime64(3, 'UTC'), receive_time DateTime64(3, 'UTC'), user_number UInt32, event_id String,
          event_key UInt64, login_id String, anonymous_id String, library LowCardinality(String),
          properties Map(LowCardinality(String), String), log_id LowCardinality(String), log_offset UInt64,
          INDEX user_index user_number TYPE bloom_filter(0.01) GRANULARITY 1)
        ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(event_time)
        ORDER BY (project_id, name, toDate(event_time), user_number, event_time, event_key)
        """,
        Map.of());
    clickHouse.execute(
        "CREATE VIEW events_final_v1 AS SELECT *, user_number AS stored_user_number FROM events"
            + " FINAL",
        Map.of());
  }

  /** An event to store. */
  public record Row(
      ProjectId project,
      long userNumber,
      String name,
      Instant time,
      String key,
      Map<String, String> properties) {}

  /** Stores events as one part. */
  public void insert(Row... events) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row event : events) {
      Map<String, Object> row = new HashMap<>();
      row.put("project_id", event.project().value());
      row.put("name", event.name());
      row.put("event_time", event.time().toString());
      row.put("receive_time", event.time().plusSeconds(1).toString());
      row.put("user_number", event.userNumber());
      row.put("event_id", "id-" + event.key());
      row.put("event_key", event.key());
      row.put("login_id", "anna");
      row.put("anonymous_id", "phone-1");
      row.put("library", "Android");
      row.put("properties", event.properties());
      row.put("log_id", "log");
      row.put("log_offset", 1);
      rows.add(row);
    }
    clickHouse.insert("events", rows, null);
  }
}
