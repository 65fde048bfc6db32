package io.tenure.collector.store.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.domain.export.Section;
import io.tenure.collector.domain.export.Subject;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the collector's tables hold about one person, with pages so small that all must turn. */
final class PersonSectionsTest {

  private static final int PAGE = 3;
  private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant ASKED = Instant.parse("2026-06-01T00:00:00Z");

  private static ClickHouse clickHouse;

  private final ProjectId project = new ProjectId("p" + java.util.UUID.randomUUID());
  private int offset;

  @BeforeAll
  static void open() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("sections"),
            Duration.ofSeconds(60),
            4);
    clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    new Migrations(clickHouse, properties, Clock.systemUTC()).run("event-collector");
  }

  @AfterAll
  static void close() {
    clickHouse.close();
  }

  @Test
  void everyEventComesOnceOldestFirstHoweverTheyLieInTime() {
    List<String> expected = new ArrayList<>();
    // Many at one instant, several on one day, days far apart.
    for (int i = 0; i < 7; i++) {
      event(7, "same-" + i, MONDAY);
    }
    for (int i = 0; i < 5; i++) {
      expected.add("day-" + i);
      event(7, "day-" + i, MONDAY.plusSeconds(60L * (i + 1)));
    }
    for (int i = 0; i < 4; i++) {
      expected.add("month-" + i);
      event(i % 2 == 0 ? 7 : 9, "month-" + i, MONDAY.plus(Duration.ofDays(20L * (i + 1))));
    }
    event(8, "of somebody else", MONDAY);
    event(7, "later", MONDAY, ASKED.plusMillis(1));

    List<String> ids =
        read(new ClickHouseEventSection(clickHouse, PAGE)).stream()
            .map(event -> event.path("event_id").asString())
            .toList();

    assertThat(ids.subList(0, 7))
        .containsExactlyInAnyOrder(
            "same-0", "same-1", "same-2", "same-3", "same-4", "same-5", "same-6");
    assertThat(ids.subList(7, ids.size())).isEqualTo(expected);
  }

  @Test
  void anEventStoredTwiceComesOnce() {
    event(7, "twice", MONDAY);
    offset--;
    event(7, "twice", MONDAY);
    assertThat(read(new ClickHouseEventSection(clickHouse, PAGE))).hasSize(1);
  }

  @Test
  void hiddenPropertiesAreNamedWithoutTheirValues() {
    event(7, "one", MONDAY);
    JsonNode event = read(new ClickHouseEventSection(clickHouse, PAGE)).getFirst();
    assertThat(event.path("properties").path("shop").asString()).isEqualTo("shop of one");
    assertThat(event.path("properties").has("pin")).isFalse();
    assertThat(event.path("masked_properties").toString()).isEqualTo("[\"pin\"]");
  }

  @Test
  void detailsOfItemsAreThoseOfThePersonsIds() {
    for (int i = 0; i < 5; i++) {
      item("d" + i, "anna", "phone");
    }
    item("by device", "", "phone");
    item("of who shares the phone", "bert", "phone");
    item("of nobody", "", "");

    assertThat(read(new ClickHouseItemSection(clickHouse, PAGE)))
        .extracting(item -> item.path("item_id").asString())
        .containsExactly("by device", "d0", "d1", "d2", "d3", "d4");
  }

  @Test
  void quarantinedRecordsAreThoseThatQuoteAnId() {
    for (int i = 0; i < 5; i++) {
      quarantined("{\"login_id\":\"anna\",\"n\":" + i + "}", MONDAY);
    }
    quarantined("{\"login_id\":\"annabel\"}", MONDAY);
    quarantined("{\"login_id\":\"anna\",\"n\":\"later\"}", ASKED.plusMillis(1));

    List<JsonNode> records = read(new ClickHouseQuarantineSection(clickHouse, PAGE));

    assertThat(records)
        .extracting(record -> Json.read(record.path("original").asString()).path("n").intValue())
        .containsExactly(0, 1, 2, 3, 4);
    JsonNode context = records.getFirst().path("context");
    assertThat(context.path("address").asString()).isEqualTo("203.0.113.7");
    assertThat(context.has("other_projects")).isFalse();
  }

  @Test
  void bytesThatAreNoTextComeInBase64() {
    byte[] bytes = "\"anna\"x".getBytes(StandardCharsets.UTF_8);
    bytes[6] = (byte) 0xff;
    quarantined(bytes, MONDAY);
    JsonNode record = read(new ClickHouseQuarantineSection(clickHouse, PAGE)).getFirst();
    assertThat(record.has("original")).isFalse();
    assertThat(Base64.getDecoder().decode(record.path("original_base64").asString()))
        .isEqualTo(bytes);
  }

  @Test
  void aReaderWhoLeavesEndsTheReading() {
    for (int i = 0; i < 10; i++) {
      event(7, "e" + i, MONDAY);
    }
    List<String> taken = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new ClickHouseEventSection(clickHouse, PAGE)
                    .read(
                        subject(),
                        record -> {
                          taken.add(record);
                          throw new IllegalStateException("gone");
                        }))
        .hasMessage("gone");
    assertThat(taken).hasSize(1);
  }

  private List<JsonNode> read(Section section) {
    List<JsonNode> records = new ArrayList<>();
    section.read(subject(), record -> records.add(Json.read(record)));
    return records;
  }

  private Subject subject() {
    return new Subject(project, List.of(7L, 9L), List.of("anna", "phone"), ASKED, Set.of("pin"));
  }

  private void event(long user, String id, Instant time) {
    event(user, id, time, time.plusSeconds(1));
  }

  private void event(long user, String id, Instant time, Instant received) {
    Map<String, Object> row = place(received);
    row.put("name", "Pay");
    row.put("event_time", time.toString());
    row.put("original_time", time.toString());
    row.put("user_number", user);
    row.put("event_id", id);
    row.put("event_key", Integer.toUnsignedLong(id.hashCode()));
    row.put("login_id", "anna");
    row.put("anonymous_id", "phone");
    row.put("library", "Android");
    row.put("properties", Map.of("shop", "shop of " + id, "pin", "4711"));
    clickHouse.insert("events", List.of(row), null);
  }

  private void item(String id, String login, String device) {
    Map<String, Object> row = place(MONDAY);
    row.put("kind", "detail");
    row.put("item_type", "account");
    row.put("item_id", id);
    row.put("event_time", MONDAY.toString());
    row.put("deleted", 0);
    row.put("login_id", login);
    row.put("anonymous_id", device);
    row.put("library", "Java");
    row.put("properties", Map.of("limit", "100"));
    clickHouse.insert("items", List.of(row), null);
  }

  private void quarantined(String original, Instant received) {
    quarantined(original.getBytes(StandardCharsets.UTF_8), received);
  }

  private void quarantined(byte[] original, Instant received) {
    Map<String, Object> row = place(received);
    row.put("dialect", "sensors");
    row.put("reason", "TYPE_UNKNOWN");
    row.put("detail", "");
    row.put("original", Base64.getEncoder().encodeToString(original));
    row.put("context", "{\"address\":\"203.0.113.7\",\"other_projects\":[\"else\"]}");
    clickHouse.insert("quarantine", List.of(row), null);
  }

  private Map<String, Object> place(Instant received) {
    Map<String, Object> row = new HashMap<>();
    row.put("project_id", project.value());
    row.put("receive_time", received.toString());
    row.put("log_id", "log");
    row.put("log_offset", offset++);
    return row;
  }
}
