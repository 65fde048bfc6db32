package io.tenure.collector.store.export;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.collector.domain.export.Section;
import io.tenure.collector.domain.export.Subject;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events, also those of merged users, through the view without duplicates. They are read in spans
 * of whole days with about a page each, because the table's key leads to days: a long history is
 * read about once, not once for each page.
 */
public final class ClickHouseEventSection implements Section {

  private final ClickHouse clickHouse;
  private final int page;

  /**
   * Events in the given store.
   *
   * @param page most events held at a time
   */
  public ClickHouseEventSection(ClickHouse clickHouse, int page) {
    this.clickHouse = clickHouse;
    this.page = page;
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public void read(Subject subject, Consumer<String> records) {
    for (Span span : spans(subject)) {
      Optional<Place> after = Optional.empty();
      do {
        List<Found> found = read(subject, span, after);
        found.forEach(one -> records.accept(one.record()));
        after = found.size() < page ? Optional.empty() : Optional.of(found.getLast().place());
      } while (after.isPresent());
    }
  }

  private record Span(LocalDate from, LocalDate to) {}

  private record Place(long time, String key, String name, long number) {}

  private record Found(Place place, String record) {}

  private record Day(LocalDate date, long count) {}

  /** Duplicates count twice here, which makes a span smaller and nothing else. */
  private List<Span> spans(Subject subject) {
    SqlParameters parameters = new SqlParameters();
    List<Day> days =
        clickHouse.query(
            """
            SELECT toString(toDate(event_time)) AS day, count() AS found FROM events_v1
            WHERE project_id = %s AND stored_user_number IN %s
            GROUP BY toDate(event_time) ORDER BY toDate(event_time)
            """
                .formatted(
                    parameters.project(subject.project()),
                    parameters.userNumbers(subject.userNumbers())),
            parameters.values(),
            row -> new Day(LocalDate.parse(row.getString("day")), row.getLong("found")));
    List<Span> spans = new ArrayList<>();
    int start = 0;
    while (start < days.size()) {
      int end = start + 1;
      long sum = days.get(start).count();
      while (end < days.size() && sum + days.get(end).count() < page) {
        sum += days.get(end).count();
        end++;
      }
      spans.add(new Span(days.get(start).date(), days.get(end - 1).date()));
      start = end;
    }
    return spans;
  }

  private List<Found> read(Subject subject, Span span, Optional<Place> after) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        """
        SELECT name, toUnixTimestamp64Milli(event_time) AS at, toUnixTimestamp64Milli(original_time) AS device,
          toUnixTimestamp64Milli(receive_time) AS received, stored_user_number, event_id,
          toString(event_key) AS event_hash, login_id, anonymous_id, library,
          toJSONString(properties) AS property_texts
        FROM events_final_v1
        WHERE project_id = %s AND stored_user_number IN %s AND toDate(event_time) >= %s AND toDate(event_time) <= %s
          AND receive_time <= %s%s
        ORDER BY event_time, event_key, name, stored_user_number
        LIMIT %s
        """
                .formatted(
                    parameters.project(subject.project()),
                    parameters.userNumbers(subject.userNumbers()),
                    parameters.date(span.from()),
                    parameters.date(span.to()),
                    parameters.instant(subject.askTime()),
                    after.map(place -> after(parameters, place)).orElse(""),
                    parameters.number(page))
            // Equal rows have the same user and the same month, so neither setting can hide one.
            + "SETTINGS use_skip_indexes_if_final = 1, do_not_merge_across_partitions_select_final"
            + " = 1";
    return clickHouse.query(sql, parameters.values(), row -> read(row, subject.hidden()));
  }

  private static String after(SqlParameters parameters, Place place) {
    return " AND tuple(event_time, event_key, name, stored_user_number) > tuple("
        + parameters.instant(Instant.ofEpochMilli(place.time()))
        + ", "
        + parameters.unsigned(place.key())
        + ", "
        + parameters.text(place.name())
        + ", "
        + parameters.userNumber(place.number())
        + ")";
  }

  private static Found read(GenericRecord row, Set<String> hidden) {
    Place place =
        new Place(
            row.getLong("at"),
            row.getString("event_hash"),
            row.getString("name"),
            row.getLong("stored_user_number"));
    ObjectNode record = Json.MAPPER.createObjectNode();
    record
        .put("name", place.name())
        .put("event_time", time(place.time()))
        .put("device_time", time(row.getLong("device")))
        .put("receive_time", time(row.getLong("received")))
        .put("event_id", row.getString("event_id"))
        .put("user_number", place.number())
        .put("login_id", row.getString("login_id"))
        .put("anonymous_id", row.getString("anonymous_id"))
        .put("library", row.getString("library"));
    VisibleProperties.write(row.getString("property_texts"), hidden, record);
    return new Found(place, Json.write(record));
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
