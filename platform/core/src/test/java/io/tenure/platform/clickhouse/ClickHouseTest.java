package io.tenure.platform.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.testing.TestStores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
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
  void readsLongArraysInBinaryForm() {
    List<Object> found = new ArrayList<>();

    ClickHouse.Reading reading =
        clickHouse.read(
            """
            SELECT toUInt8(1) AS row_mark, toUInt32(number) AS n, arrayMap(x -> toInt64(x) - 1, range(100000)) AS longs,
              arrayMap(x -> toUInt32(x), range(3)) AS ints, [{s:String}, '', repeat('x', 200000)] AS texts
            FROM numbers(2)
            """,
            Map.of("s", "工资"),
            QueryOptions.NONE,
            row -> {
              found.add(row.number32());
              found.add(LongStream.of(row.numbers64()).sum());
              found.add(row.numbers32());
              String[] texts = row.texts();
              found.add(texts[0] + texts[1] + texts[2].length());
            });

    assertThat(found)
        .containsExactly(
            0,
            4999850000L,
            new int[] {0, 1, 2},
            "工资200000",
            1,
            4999850000L,
            new int[] {0, 1, 2},
            "工资200000");
    assertThat(reading.rows()).isEqualTo(2);
  }

  @Test
  void doesNotTakeAnAnswerThatBreaksOffForRows() {
    assertThatThrownBy(
            () ->
                clickHouse.read("SELECT '\r\n__exception__'", Map.of(), QueryOptions.NONE, _ -> {}))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(
            () ->
                clickHouse.read(
                    "SELECT toUInt8(1), toUInt8(7)",
                    Map.of(),
                    QueryOptions.NONE,
                    RowInput::number32))
        .isInstanceOf(Failure.class);
  }

  private record Sample(
      long id,
      String text,
      Instant time,
      int small,
      List<String> list,
      Map<String, String> texts,
      Map<String, Long> numbers) {}

  private static final List<Column<Sample>> SAMPLE_COLUMNS =
      List.of(
          new Column<>("numbers", (row, out) -> out.map(row.numbers(), RowOutput::number64)),
          new Column<>("id", (row, out) -> out.number64(row.id())),
          new Column<>("text", (row, out) -> out.text(row.text())),
          new Column<>("time", (row, out) -> out.milliseconds(row.time())),
          new Column<>("small", (row, out) -> out.number32(row.small())),
          new Column<>("list", (row, out) -> out.texts(row.list())),
          new Column<>("texts", (row, out) -> out.map(row.texts(), RowOutput::text)));

  @Test
  void keepsEveryTypeInBinaryForm() {
    clickHouse.execute(
        """
        CREATE TABLE samples (
          id UInt64, text String, time DateTime64(3, 'UTC'), small UInt32, list Array(String),
          texts Map(LowCardinality(String), String), numbers Map(String, UInt64), other String DEFAULT 'none'
        ) ENGINE = MergeTree ORDER BY id
        """,
        Map.of());
    String longer = "工".repeat(100_000);
    clickHouse.insert(
        "samples",
        SAMPLE_COLUMNS,
        List.of(
            new Sample(1, "", Instant.EPOCH, 0, List.of(), Map.of(), Map.of()),
            new Sample(
                -1,
                longer,
                Instant.parse("2099-12-31T23:59:59.987Z"),
                -1,
                List.of("a", "", "资"),
                Map.of("k", "v\0\n'"),
                Map.of("m", -2L))),
        null);

    assertThat(
            clickHouse.query(
                """
                SELECT toString((id, lengthUTF8(text), replaceAll(text, '工', ''), time, small, list, texts, numbers, other)) AS row
                FROM samples ORDER BY id
                """,
                Map.of(),
                row -> row.getString("row")))
        .containsExactly(
            "(1,0,'','1970-01-01 00:00:00.000',0,[],{},{},'none')",
            "(18446744073709551615,100000,'','2099-12-31 23:59:59.987',4294967295,['a','','资'],"
                + "{'k':'v\\0\\n\\''},{'m':18446744073709551614},'none')");
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
