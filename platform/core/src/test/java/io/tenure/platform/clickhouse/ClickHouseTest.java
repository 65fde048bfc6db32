package io.tenure.platform.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.testing.TestStores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ClickHouseTest {

  private static ClickHouseProperties properties;
  private static ClickHouse clickHouse;

  @BeforeAll
  static void connect() {
    properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("core"),
            Duration.ofSeconds(2),
            4);
    clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    clickHouse.execute(
        "CREATE TABLE t (n UInt64, s String) ENGINE = MergeTree ORDER BY n SETTINGS"
            + " non_replicated_deduplication_window = 100",
        Map.of());
  }

  @AfterAll
  static void disconnect() {
    clickHouse.close();
  }

  @Test
  void bringsBackWhatWasInserted() {
    clickHouse.insert("t", List.of(Map.of("n", 1, "s", "工资 'quoted' \\ {x}")), null);

    List<String> found =
        clickHouse.query(
            "SELECT s FROM t WHERE n = {n:UInt64} AND s = {s:String}",
            Map.of("n", 1, "s", "工资 'quoted' \\ {x}"),
            row -> row.getString("s"));

    assertThat(found).containsExactly("工资 'quoted' \\ {x}");
  }

  @Test
  void insertsOnceUnderOneToken() {
    List<Map<String, Object>> rows = List.of(Map.of("n", 7, "s", "a"), Map.of("n", 7, "s", "b"));

    clickHouse.insert("t", rows, "t:7");
    clickHouse.insert("t", rows, "t:7");

    assertThat(
            clickHouse.query(
                "SELECT count() AS c FROM t WHERE n = 7", Map.of(), row -> row.getLong("c")))
        .containsExactly(2L);
  }

  @Test
  void stopsAQueryThatTakesTooLong() {
    assertThatThrownBy(
            () ->
                clickHouse.query(
                    "SELECT count() AS c FROM numbers(1000000000000) WHERE NOT"
                        + " ignore(sipHash64(number))",
                    Map.of(),
                    row -> row.getLong("c")))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_EXCEEDED));
  }

  @Test
  void doesNotShowTheServersTextToCallers() {
    assertThatThrownBy(() -> clickHouse.query("SELECT secret_column FROM t", Map.of(), row -> row))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.INTERNAL);
              assertThat(failure.text()).doesNotContain("secret_column");
            });
  }

  @Test
  void saysThatAServerDoesNotAnswer() {
    try (ClickHouse nowhere =
        new ClickHouse(
            new ClickHouseProperties(
                "http://127.0.0.1:1", "default", "", "x", Duration.ofSeconds(2), 1),
            ObservationRegistry.NOOP)) {
      assertThat(nowhere.answers()).isFalse();
      assertThatThrownBy(() -> nowhere.query("SELECT 1 AS x", Map.of(), row -> row.getLong("x")))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(failure.retryAfter()).isPresent();
              });
    }
  }

  @Test
  void migratesOnceAndIntoAMissingDatabase() {
    ClickHouseProperties fresh =
        new ClickHouseProperties(
            properties.url(),
            properties.username(),
            properties.password(),
            "core_" + System.nanoTime(),
            Duration.ofSeconds(10),
            4);
    try (ClickHouse client = new ClickHouse(fresh, ObservationRegistry.NOOP)) {
      new Migrations(client, fresh, Clock.systemUTC()).run("platform");
      new Migrations(client, fresh, Clock.systemUTC()).run("platform");

      assertThat(
              client.query(
                  "SELECT count() AS c FROM schema_migrations WHERE owner = 'platform'",
                  Map.of(),
                  row -> row.getLong("c")))
          .containsExactly(1L);
    }
  }
}
