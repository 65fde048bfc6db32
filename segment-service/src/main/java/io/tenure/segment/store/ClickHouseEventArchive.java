package io.tenure.segment.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.event.EventArchive;
import io.tenure.segment.domain.event.EventFilter;
import io.tenure.segment.domain.event.EventFilter.Position;
import io.tenure.segment.domain.event.EventName;
import io.tenure.segment.domain.event.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Stored events from ClickHouse. The table is sorted by name and day, not by time alone, so the
 * newest events are looked for in stretches that grow backwards from the end of the range until a
 * page is full.
 */
public final class ClickHouseEventArchive implements EventArchive {

  private static final Pattern USER_NUMBER = Pattern.compile("user_number:(\\d{1,9})");
  private static final Duration FIRST_STRETCH = Duration.ofDays(2);
  private static final int GROWTH = 8;

  private final ClickHouse clickHouse;

  /** The archive in the given store. */
  public ClickHouseEventArchive(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<StoredEvent> list(ProjectId project, EventFilter filter, int limit) {
    Position after = filter.after();
    TimeRange range =
        after == null ? filter.range() : filter.range().until(after.eventTime().plusMillis(1));
    Duration stretch = FIRST_STRETCH;
    while (true) {
      Instant from = range.end().minus(stretch);
      boolean all = !filter.user().isEmpty() || !from.isAfter(range.start());
      TimeRange part = all ? range : new TimeRange(from, range.end());
      List<StoredEvent> events = page(project, filter, part, limit);
      if (all || events.size() == limit) {
        return events;
      }
      stretch = stretch.multipliedBy(GROWTH);
    }
  }

  @Override
  public List<EventName> names(ProjectId project) {
    SqlParameters parameters = new SqlParameters();
    return clickHouse.query(
        """
        SELECT name, count() AS events, groupBitmap(user_number) AS users FROM events_final_v1
        WHERE project_id = %s GROUP BY name ORDER BY events DESC, name LIMIT %d
        """
            .formatted(parameters.project(project), MAX_NAMES),
        parameters.values(),
        row -> new EventName(row.getString("name"), row.getLong("events"), row.getLong("users")));
  }

  private List<StoredEvent> page(
      ProjectId project, EventFilter filter, TimeRange range, int limit) {
    SqlParameters parameters = new SqlParameters();
    StringBuilder where = new StringBuilder(EventSql.inRange(parameters, project, range));
    if (!filter.name().isEmpty()) {
      where.append(" AND name = ").append(parameters.text(filter.name()));
    }
    if (!filter.eventId().isEmpty()) {
      where.append(" AND event_id = ").append(parameters.text(filter.eventId()));
    }
    if (!filter.user().isEmpty()) {
      where.append(" AND user_number IN ").append(user(parameters, project, filter.user()));
    }
    @Nullable Position after = filter.after();
    if (after != null) {
      where.append(
          " AND (event_time, event_key) < (%s, %s)"
              .formatted(
                  parameters.instant(after.eventTime()), parameters.unsigned(after.eventKey())));
    }
    return clickHouse.query(
        """
        SELECT toString(event_key) AS key, event_id, name, toUnixTimestamp64Milli(event_time) AS event_millis,
          toUnixTimestamp64Milli(receive_time) AS receive_millis, user_number, login_id, anonymous_id,
          toJSONString(properties) AS properties_json
        FROM events_v1 WHERE %s ORDER BY event_time DESC, event_key DESC LIMIT 1 BY event_key LIMIT %d
        """
            .formatted(where, limit),
        parameters.values(),
        ClickHouseEventArchive::event);
  }

  private static String user(SqlParameters parameters, ProjectId project, String user) {
    Matcher number = USER_NUMBER.matcher(user);
    if (number.matches()) {
      return "(" + parameters.userNumber(Long.parseLong(number.group(1))) + ")";
    }
    String id = parameters.text(user);
    return "(SELECT user_number FROM profiles_v1 WHERE project_id = %s AND (login_id = %s OR has(anonymous_ids, %s)))"
        .formatted(parameters.project(project), id, id);
  }

  private static StoredEvent event(GenericRecord row) {
    return new StoredEvent(
        new Position(Instant.ofEpochMilli(row.getLong("event_millis")), row.getString("key")),
        row.getString("event_id"),
        row.getString("name"),
        Instant.ofEpochMilli(row.getLong("receive_millis")),
        row.getLong("user_number"),
        row.getString("login_id"),
        row.getString("anonymous_id"),
        properties(row.getString("properties_json")));
  }

  private static Map<String, String> properties(String json) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : Json.read(json).properties()) {
      properties.put(property.getKey(), property.getValue().asString());
    }
    return properties;
  }
}
