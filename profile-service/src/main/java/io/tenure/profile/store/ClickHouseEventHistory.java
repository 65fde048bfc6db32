package io.tenure.profile.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.timeline.EventHistory;
import io.tenure.profile.domain.timeline.PastEvent;
import io.tenure.profile.domain.timeline.PastEvent.Place;
import io.tenure.profile.domain.timeline.TimeSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Events of single users, through the collector's view without duplicates. */
public final class ClickHouseEventHistory implements EventHistory {

  private final ClickHouse clickHouse;

  /** The events of the given store. */
  public ClickHouseEventHistory(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<PastEvent> read(
      ProjectId project,
      Collection<Long> userNumbers,
      Set<String> names,
      TimeSpan span,
      Optional<Place> after,
      int limit) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        """
        SELECT name, toUnixTimestamp64Milli(event_time) AS at, toUnixTimestamp64Milli(receive_time) AS received,
          user_number, event_id, toString(event_key) AS event_hash, login_id, anonymous_id, library,
          toJSONString(properties) AS property_texts
        FROM events_final_v1
        WHERE project_id = %s AND stored_user_number IN %s%s%s%s
        ORDER BY event_time DESC, event_key DESC, name DESC, user_number DESC
        LIMIT %s
        """
                .formatted(
                    parameters.text(project.value()),
                    parameters.userNumbers(userNumbers),
                    named(parameters, names),
                    inside(parameters, span),
                    after.map(place -> after(parameters, place)).orElse(""),
                    parameters.number(limit))
            // Equal rows have the same user and the same month, so neither setting can hide one.
            + "SETTINGS use_skip_indexes_if_final = 1, do_not_merge_across_partitions_select_final"
            + " = 1";
    return clickHouse.query(sql, parameters.values(), ClickHouseEventHistory::read);
  }

  private static String named(SqlParameters parameters, Set<String> names) {
    return names.isEmpty() ? "" : " AND name IN " + parameters.texts(names);
  }

  /** The dates let the primary key skip what is outside. */
  private static String inside(SqlParameters parameters, TimeSpan span) {
    return " AND toDate(event_time) >= "
        + parameters.date(date(span.start()))
        + " AND toDate(event_time) <= "
        + parameters.date(date(span.end().minusMillis(1)))
        + " AND event_time >= "
        + parameters.instant(span.start())
        + " AND event_time < "
        + parameters.instant(span.end());
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static String after(SqlParameters parameters, Place place) {
    return " AND tuple(event_time, event_key, name, user_number) < tuple("
        + parameters.instant(place.time())
        + ", "
        + parameters.keep("UInt64", place.key())
        + ", "
        + parameters.text(place.name())
        + ", "
        + parameters.userNumber(place.userNumber())
        + ")";
  }

  private static PastEvent read(GenericRecord row) {
    Map<String, String> properties = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one :
        Json.read(row.getString("property_texts")).properties()) {
      properties.put(one.getKey(), one.getValue().stringValue());
    }
    return new PastEvent(
        new Place(
            Instant.ofEpochMilli(row.getLong("at")),
            row.getString("event_hash"),
            row.getString("name"),
            row.getLong("user_number")),
        row.getString("event_id"),
        Instant.ofEpochMilli(row.getLong("received")),
        row.getString("login_id"),
        row.getString("anonymous_id"),
        row.getString("library"),
        properties);
  }
}
