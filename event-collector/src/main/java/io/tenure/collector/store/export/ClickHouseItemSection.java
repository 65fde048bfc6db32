package io.tenure.collector.store.export;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.collector.domain.export.Section;
import io.tenure.collector.domain.export.Subject;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Details of items that are the person's, as they are now. */
public final class ClickHouseItemSection implements Section {

  private final ClickHouse clickHouse;
  private final int page;

  /**
   * Items in the given store.
   *
   * @param page most items held at a time
   */
  public ClickHouseItemSection(ClickHouse clickHouse, int page) {
    this.clickHouse = clickHouse;
    this.page = page;
  }

  private record Place(String kind, String type, String id) {}

  private record Found(Place place, String record) {}

  @Override
  public String name() {
    return "items";
  }

  @Override
  public void read(Subject subject, Consumer<String> records) {
    Optional<Place> after = subject.ids().isEmpty() ? Optional.empty() : start();
    while (after.isPresent()) {
      List<Found> found = read(subject, after.get());
      found.forEach(one -> records.accept(one.record()));
      after = found.size() < page ? Optional.empty() : Optional.of(found.getLast().place());
    }
  }

  /** No kind is empty, so nothing comes before this. */
  private static Optional<Place> start() {
    return Optional.of(new Place("", "", ""));
  }

  /** Of a detail with a login the login decides: the device may be one that others use too. */
  private List<Found> read(Subject subject, Place after) {
    SqlParameters parameters = new SqlParameters();
    String ids = parameters.texts(subject.ids());
    String sql =
        """
        SELECT kind, item_type, item_id, toUnixTimestamp64Milli(event_time) AS at,
          toUnixTimestamp64Milli(receive_time) AS received, login_id, anonymous_id, library,
          toJSONString(properties) AS property_texts
        FROM items_v1
        WHERE project_id = %s AND (login_id IN %s OR login_id = '' AND anonymous_id IN %s)
          AND receive_time <= %s AND tuple(kind, item_type, item_id) > tuple(%s, %s, %s)
        ORDER BY kind, item_type, item_id
        LIMIT %s
        """
            .formatted(
                parameters.project(subject.project()),
                ids,
                ids,
                parameters.instant(subject.askTime()),
                parameters.text(after.kind()),
                parameters.text(after.type()),
                parameters.text(after.id()),
                parameters.number(page));
    return clickHouse.query(sql, parameters.values(), row -> read(row, subject.hidden()));
  }

  private static Found read(GenericRecord row, Set<String> hidden) {
    Place place =
        new Place(row.getString("kind"), row.getString("item_type"), row.getString("item_id"));
    ObjectNode record = Json.MAPPER.createObjectNode();
    record
        .put("kind", place.kind())
        .put("item_type", place.type())
        .put("item_id", place.id())
        .put("event_time", Instant.ofEpochMilli(row.getLong("at")).toString())
        .put("receive_time", Instant.ofEpochMilli(row.getLong("received")).toString())
        .put("login_id", row.getString("login_id"))
        .put("anonymous_id", row.getString("anonymous_id"))
        .put("library", row.getString("library"));
    VisibleProperties.write(row.getString("property_texts"), hidden, record);
    return new Found(place, Json.write(record));
  }
}
