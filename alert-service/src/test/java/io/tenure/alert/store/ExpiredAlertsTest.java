package io.tenure.alert.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.alert.AlertApplication;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alerts that a project keeps no longer, in a real ClickHouse. */
final class ExpiredAlertsTest {

  private static final ProjectId BANK = new ProjectId("bank");
  private static final ProjectId SHOP = new ProjectId("shop");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");

  @Test
  void removesOldAlertsOfEachProjectByItsOwnTime() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("alerts"),
            Duration.ofSeconds(60),
            2);
    try (ClickHouse clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP)) {
      new Migrations(clickHouse, properties, Clock.systemUTC()).run(AlertApplication.NAME);
      ClickHouseExpiredAlerts alerts = new ClickHouseExpiredAlerts(clickHouse);
      for (ProjectId project : List.of(BANK, SHOP)) {
        for (int days : List.of(1, 40, 80)) {
          clickHouse.insert(
              "withheld_alerts",
              List.of(
                  Map.of(
                      "project_id",
                      project.value(),
                      "alert_id",
                      "after-" + days,
                      "withhold_time",
                      NOON.minus(Duration.ofDays(days)).toString())),
              null);
          clickHouse.insert(
              "alerts",
              List.of(
                  Map.of(
                      "project_id",
                      project.value(),
                      "id",
                      "after-" + days,
                      "raise_time",
                      NOON.minus(Duration.ofDays(days)).toString())),
              null);
        }
      }
      clickHouse.execute("OPTIMIZE TABLE alerts FINAL", Map.of());
      Map<ProjectId, Instant> before =
          Map.of(
              BANK, NOON.minus(Duration.ofDays(30)),
              SHOP, NOON.minus(Duration.ofDays(60)));
      assertThat(alerts.count(before)).isEqualTo(Map.of(BANK, 2L, SHOP, 1L));
      alerts.delete(before);
      alerts.delete(before);
      assertThat(alerts.waitingReason()).isEmpty();
      assertThat(
              clickHouse.query(
                  "SELECT concat(project_id, ' ', alert_id) AS name FROM withheld_alerts ORDER BY"
                      + " name",
                  Map.of(),
                  row -> row.getString("name")))
          .containsExactly("bank after-1", "shop after-1", "shop after-40");
      assertThat(
              clickHouse.query(
                  "SELECT concat(project_id, ' ', id) AS name FROM alerts ORDER BY name",
                  Map.of(),
                  row -> row.getString("name")))
          .containsExactly("bank after-1", "shop after-1", "shop after-40");
    }
  }
}
