package io.tenure.platform.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.testing.TestStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.FileSystemResource;

/** What a cluster's statements look like, and what the engine makes of those of all services. */
final class TableLayoutTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final TableLayout CLUSTER = TableLayout.of("bank");

  private final String database = TestStores.freshDatabase("layout");
  private final ClickHouse clickHouse =
      new ClickHouse(
          new ClickHouseProperties(
              TestStores.clickHouseUrl(),
              TestStores.clickHouseUser(),
              TestStores.clickHousePassword(),
              database,
              Duration.ofSeconds(60),
              4),
          ObservationRegistry.NOOP);

  @AfterEach
  void close() {
    clickHouse.close();
  }

  @Test
  void leavesStatementsAsTheyAreOnOneServer() {
    String create = "CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a";
    assertThat(TableLayout.ONE_SERVER.statements(create + " {sharded by intHash64(a)}"))
        .containsExactly(create);
    assertThat(TableLayout.of("").statements("ALTER TABLE t {on shards} DELETE WHERE a = 1"))
        .containsExactly("ALTER TABLE t DELETE WHERE a = 1");
  }

  @Test
  void asksEveryServerAboutItself() {
    assertThat(TableLayout.ONE_SERVER.everywhere("system.parts")).isEqualTo("system.parts");
    assertThat(CLUSTER.everywhere("system.parts"))
        .isEqualTo("clusterAllReplicas('bank', system.parts)");
  }

  @Test
  void copiesATableToEveryServer() {
    assertThat(
            CLUSTER.statements(
                """
                -- Why it is there.
                CREATE TABLE IF NOT EXISTS t (a UInt8, v UInt64) ENGINE = ReplacingMergeTree(v)
                ORDER BY a SETTINGS non_replicated_deduplication_window = 10\
                """))
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS t ON CLUSTER 'bank' (a UInt8, v UInt64) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{database}/{table}', '{shard}-{replica}', v)
            ORDER BY a SETTINGS replicated_deduplication_window = 10\
            """);
    assertThat(CLUSTER.statements("ALTER TABLE t DELETE WHERE a = 1"))
        .containsExactly("ALTER TABLE t DELETE WHERE a = 1");
  }

  @Test
  void dividesATableAndItsViews() {
    assertThat(
            CLUSTER.statements(
                "CREATE TABLE IF NOT EXISTS t (a UInt8) ENGINE = MergeTree ORDER BY a {sharded by"
                    + " intHash64(a)}"))
        .containsExactly(
            "CREATE TABLE IF NOT EXISTS t_local ON CLUSTER 'bank' (a UInt8) ENGINE ="
                + " ReplicatedMergeTree('/clickhouse/tables/{database}/{table}/{shard}',"
                + " '{replica}') ORDER BY a",
            "CREATE TABLE IF NOT EXISTS t ON CLUSTER 'bank' AS t_local ENGINE ="
                + " Distributed('bank', currentDatabase(), 't_local', intHash64(a))");
    assertThat(
            CLUSTER.statements(
                "CREATE OR REPLACE VIEW v AS SELECT a FROM t FINAL {sharded by intHash64(a)}"))
        .containsExactly(
            "CREATE OR REPLACE VIEW v_local ON CLUSTER 'bank' AS SELECT a FROM t_local AS t FINAL",
            "CREATE OR REPLACE TABLE v ON CLUSTER 'bank' AS v_local ENGINE = Distributed('bank',"
                + " currentDatabase(), 'v_local', intHash64(a))");
  }

  @Test
  void changesTheParts() {
    assertThat(CLUSTER.statements("ALTER TABLE t {on shards} DELETE WHERE a = 1"))
        .containsExactly("ALTER TABLE t_local ON CLUSTER 'bank' DELETE WHERE a = 1");
    assertThat(CLUSTER.statements("ALTER TABLE t {sharded by intHash64(a)} ADD COLUMN b UInt8"))
        .containsExactly(
            "ALTER TABLE t_local ON CLUSTER 'bank' ADD COLUMN b UInt8",
            "CREATE OR REPLACE TABLE t ON CLUSTER 'bank' AS t_local ENGINE = Distributed('bank',"
                + " currentDatabase(), 't_local', intHash64(a))");
  }

  @Test
  void refusesAnythingButAName() {
    assertThatThrownBy(() -> TableLayout.of("bank' SETTINGS x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Every statement of every service, as a cluster gets it, is one the engine knows. */
  @Test
  void makesStatementsTheEngineParses() {
    List<String> all = schema().stream().flatMap(s -> CLUSTER.statements(s).stream()).toList();
    assertThat(all).hasSizeGreaterThan(60);
    for (String statement : all) {
      assertThat(parsed(statement)).as(statement).isNotEmpty();
      assertThat(statement).doesNotContain("{file", "{sharded", "{on shards");
      if (statement.contains("MergeTree")) {
        assertThat(statement).contains("ENGINE = Replicated", "ON CLUSTER 'bank'");
      }
    }
    assertThat(all.stream().filter(statement -> statement.contains("Distributed(")))
        .allMatch(
            statement ->
                statement.contains("'events_local', intHash64(user_number)")
                    || statement.matches(
                        "(?s).*'events_(final_)?v1_local', intHash64\\(stored_user_number\\)\\)"))
        .hasSize(5);
  }

  /**
   * The statements of a cluster also run, as far as one server goes: without copies, and with this
   * very server as both shards, each of which keeps the rows of its users.
   */
  @Test
  void makesTablesThatAnswerFromTwoShards() {
    schema().stream()
        .flatMap(statement -> CLUSTER.statements(statement).stream())
        .filter(statement -> !statement.contains("CREATE DICTIONARY"))
        .map(this::onThisServer)
        .forEach(statement -> clickHouse.execute(statement, Map.of()));
    clickHouse.execute(
        """
        CREATE DICTIONARY merged_users (project_hash UInt64, old_number UInt32, new_number UInt32)
        PRIMARY KEY project_hash, old_number
        SOURCE(CLICKHOUSE(DB '%s' QUERY 'SELECT cityHash64(project_id) AS project_hash, old_number, new_number FROM %s.user_overrides FINAL'))
        LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0)
        """
            .formatted(database, database),
        Map.of());
    clickHouse.execute("RENAME TABLE events_local TO events_rows", Map.of());
    clickHouse.execute(
        """
        CREATE VIEW events_local AS
        SELECT * FROM events_rows WHERE intHash64(user_number) % 2 = shardNum() - 1
        """,
        Map.of());
    clickHouse.execute(
        """
        INSERT INTO events_rows (project_id, name, event_time, user_number, event_key)
        SELECT 'bank', 'Buy', toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + number, 1 + number % 100, number
        FROM numbers(1000)
        """,
        Map.of());
    assertThat(numbers("count()", "events_v1", "")).isEqualTo(1000);
    assertThat(numbers("uniqExact(_shard_num)", "events_v1", "")).isEqualTo(2);
    assertThat(people("")).isEqualTo(100);

    // Two people of different shards are one from now on.
    long one = firstOfShard(0);
    long other = firstOfShard(1);
    clickHouse.execute(
        "INSERT INTO user_overrides VALUES ('bank', {a:UInt32}, {b:UInt32}, 1, 0)",
        Map.of("a", one, "b", other));
    clickHouse.execute("SYSTEM RELOAD DICTIONARY merged_users", Map.of());
    assertThat(people("")).isEqualTo(99);
    assertThat(people(" SETTINGS optimize_skip_unused_shards = 1"))
        .as("the shard is known by the stored number, not by the person's")
        .isEqualTo(99);
    assertThat(
            numbers(
                "max(events)",
                "(SELECT count() AS events FROM events_v1 GROUP BY user_number)",
                ""))
        .isEqualTo(20);
    assertThat(people(" SETTINGS distributed_group_by_no_merge = 1"))
        .as("what no statement may set")
        .isEqualTo(100);
  }

  private long firstOfShard(int shard) {
    return numbers(
        "min(user_number)", "events_rows", " WHERE intHash64(user_number) % 2 = " + shard);
  }

  private long people(String settings) {
    return numbers(
        "count()", "(SELECT user_number FROM events_v1 GROUP BY user_number" + settings + ")", "");
  }

  private long numbers(String what, String from, String rest) {
    return clickHouse
        .query(
            "SELECT toInt64(" + what + ") AS found FROM " + from + rest,
            Map.of(),
            row -> row.getLong("found"))
        .getFirst();
  }

  private String onThisServer(String statement) {
    return statement
        .replace(" ON CLUSTER 'bank'", "")
        .replaceAll("Replicated(\\w*MergeTree)\\('[^']*', '[^']*'(?:, )?", "$1(")
        .replace(" replicated_deduplication_window", " non_replicated_deduplication_window")
        .replaceAll(
            " AS \\w+ ENGINE = Distributed\\('bank', currentDatabase\\(\\), '(\\w+)', (.*)\\)$",
            " AS remote('127.0.0.1,localhost', '" + database + "', '$1', 'default', '', $2)");
  }

  private List<String> parsed(String statement) {
    return clickHouse.query(
        "EXPLAIN AST " + statement.replace("{credentials}", "").replace("{database}.", ""),
        Map.of(),
        row -> row.getString("explain"));
  }

  /** The statements of all services in the order in which one after the other starts. */
  private static List<String> schema() {
    List<String> statements = new ArrayList<>();
    for (String owner :
        List.of(
            "platform/core/src/main/resources/schema/platform",
            "profile-service/src/main/resources/schema/profile-service",
            "event-collector/src/main/resources/schema/event-collector",
            "segment-service/src/main/resources/schema/segment-service",
            "alert-service/src/main/resources/schema/alert-service")) {
      files(ROOT.resolve(owner))
          .forEach(file -> statements.addAll(Migrations.statements(new FileSystemResource(file))));
    }
    return statements;
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
