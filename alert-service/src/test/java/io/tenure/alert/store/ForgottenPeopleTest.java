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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left of somebody who is erased. */
final class ForgottenPeopleTest {

  private static final ProjectId BANK = new ProjectId("bank");

  @Test
  void leavesNothingOfAPersonNeitherAlertsNorWhatWasWithheld() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("forgotten"),
            Duration.ofSeconds(60),
            2);
    try (ClickHouse clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP)) {
      new Migrations(clickHouse, properties, Clock.systemUTC()).run(AlertApplication.NAME);
      for (int user : List.of(7, 8)) {
        Map<String, ?> alert = Map.of("project_id", "bank", "id", "a" + user, "user_number", user);
        Map<String, ?> withheld =
            Map.of("project_id", "bank", "alert_id", "a" + user, "user_number", user);
        clickHouse.insert("alerts", List.of(alert), null);
        clickHouse.insert("withheld_alerts", List.of(withheld), null);
      }
      ClickHouseForgottenPeople people = new ClickHouseForgottenPeople(clickHouse);

      assertThat(people.count(BANK, List.of(7L))).isEqualTo(Map.of(7L, 1L));
      people.erase(BANK, List.of(7L));

      for (String table : List.of("alerts", "withheld_alerts")) {
        assertThat(
                clickHouse.query(
                    "SELECT user_number FROM " + table,
                    Map.of(),
                    row -> row.getLong("user_number")))
            .as(table)
            .containsExactly(8L);
      }
    }
  }
}
