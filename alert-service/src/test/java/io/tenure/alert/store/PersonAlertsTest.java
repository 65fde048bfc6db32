package io.tenure.alert.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The alerts about one person, with pages so small that they must turn. */
final class PersonAlertsTest {

  private static final ProjectId BANK = new ProjectId("bank");
  private static final Instant TIME = Instant.parse("2026-03-02T08:00:00Z");

  private static ClickHouse clickHouse;

  @BeforeAll
  static void open() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("person_alerts"),
            Duration.ofSeconds(60),
            4);
    clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    new Migrations(clickHouse, properties, Clock.systemUTC()).run("alert-service");
  }

  @AfterAll
  static void close() {
    clickHouse.close();
  }

  @Test
  void allComeOnceWithWhomTheyWereSentToAndNobodyElses() {
    for (int i = 0; i < 5; i++) {
      alert("rule-" + i % 2, "id-" + i, i % 2 == 0 ? 7 : 9, TIME);
    }
    alert("rule-0", "other", 8, TIME);
    alert("rule-0", "later", 7, TIME.plusSeconds(10));
    clickHouse.insert(
        "deliveries",
        List.of(
            Map.of(
                "project_id",
                BANK.value(),
                "batch_id",
                "batch-id-3",
                "receiver_id",
                "desk",
                "state",
                "DELIVERED",
                "attempts",
                1,
                "last_result",
                "200",
                "update_time",
                TIME.toString(),
                "next_attempt_time",
                TIME.toString())),
        null);

    clickHouse.insert(
        "withheld_alerts",
        List.of(
            Map.of(
                "project_id",
                BANK.value(),
                "alert_id",
                "id-1",
                "receiver_id",
                "desk",
                "user_number",
                9,
                "reason",
                "does not agree",
                "attempts",
                0,
                "withhold_time",
                TIME.toString())),
        null);

    List<JsonNode> records = new ArrayList<>();
    new ClickHousePersonAlerts(clickHouse, 2)
        .read(BANK, List.of(7L, 9L), TIME, record -> records.add(Json.read(record)));

    assertThat(records)
        .extracting(record -> record.path("explanation").asString())
        .containsExactly("why id-0", "why id-2", "why id-4", "why id-1", "why id-3");
    JsonNode sent = records.getLast();
    assertThat(sent.path("receiver_ids").toString()).isEqualTo("[\"desk\"]");
    assertThat(sent.path("deliveries").path(0).path("state").asString()).isEqualTo("DELIVERED");
    JsonNode kept = records.get(3).path("deliveries").path(0);
    assertThat(kept.path("receiver_id").asString()).isEqualTo("desk");
    assertThat(kept.path("state").asString()).isEqualTo("WITHHELD");
    assertThat(records.getFirst().path("deliveries")).isEmpty();
  }

  private static void alert(String rule, String id, long user, Instant time) {
    clickHouse.insert(
        "alerts",
        List.of(
            Map.of(
                "project_id",
                BANK.value(),
                "rule_id",
                rule,
                "id",
                id,
                "user_number",
                user,
                "login_id",
                "login-" + user,
                "create_time",
                time.toString(),
                "raise_time",
                time.toString(),
                "explanation",
                "why " + id,
                "batch_id",
                "batch-" + id,
                "receiver_ids",
                List.of("desk"))),
        null);
  }
}
