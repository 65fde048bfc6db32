package io.tenure.collector.store.export;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.collector.domain.export.Section;
import io.tenure.collector.domain.export.Subject;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records kept aside that name an id of the person in quotes: nothing else in what we could not
 * read tells whose it is. They are searched in the order of the table, once.
 */
public final class ClickHouseQuarantineSection implements Section {

  private final ClickHouse clickHouse;
  private final int page;

  /**
   * Records in the given store.
   *
   * @param page most records held at a time
   */
  public ClickHouseQuarantineSection(ClickHouse clickHouse, int page) {
    this.clickHouse = clickHouse;
    this.page = page;
  }

  private record Place(long time, String log, long offset) {}

  private record Found(Place place, String record) {}

  @Override
  public String name() {
    return "quarantined_records";
  }

  @Override
  public void read(Subject subject, Consumer<String> records) {
    Optional<Place> after =
        subject.ids().isEmpty() ? Optional.empty() : Optional.of(new Place(0, "", 0));
    while (after.isPresent()) {
      List<Found> found = read(subject, after.get());
      found.forEach(one -> records.accept(one.record()));
      after = found.size() < page ? Optional.empty() : Optional.of(found.getLast().place());
    }
  }

  private List<Found> read(Subject subject, Place after) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        """
        SELECT toUnixTimestamp64Milli(receive_time) AS received, dialect, reason, event_name, library, original,
          context, shared, log_id, log_offset
        FROM quarantine
        WHERE project_id = %s AND receive_time >= %s AND receive_time <= %s
          AND tuple(receive_time, log_id, log_offset) > tuple(%s, %s, %s)
          AND multiSearchAny(base64Decode(original), %s)
        ORDER BY receive_time, log_id, log_offset
        LIMIT %s
        """
            .formatted(
                parameters.project(subject.project()),
                parameters.instant(Instant.ofEpochMilli(after.time())),
                parameters.instant(subject.askTime()),
                parameters.instant(Instant.ofEpochMilli(after.time())),
                parameters.text(after.log()),
                parameters.unsigned(Long.toUnsignedString(after.offset())),
                parameters.texts(subject.ids().stream().map(id -> '"' + id + '"').toList()),
                parameters.number(page));
    return clickHouse.query(sql, parameters.values(), ClickHouseQuarantineSection::read);
  }

  private static Found read(GenericRecord row) {
    Place place =
        new Place(row.getLong("received"), row.getString("log_id"), row.getLong("log_offset"));
    ObjectNode record = Json.MAPPER.createObjectNode();
    record
        .put("receive_time", Instant.ofEpochMilli(place.time()).toString())
        .put("dialect", row.getString("dialect"))
        .put("reason", row.getString("reason"))
        .put("event_name", row.getString("event_name"))
        .put("library", row.getString("library"));
    original(row.getString("original"), record);
    // How it came: the address and the browser are about the person, other projects are not.
    record.set(
        "context", ((ObjectNode) Json.read(row.getString("context"))).without("other_projects"));
    record.set("shared", Json.read(row.getString("shared")));
    return new Found(place, Json.write(record));
  }

  private static void original(String base64, ObjectNode record) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    try {
      record.put(
          "original",
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      record.put("original_base64", base64);
    }
  }
}
