package io.tenure.segment;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.segment.domain.analysis.AnalysisLimits;
import io.tenure.segment.domain.analysis.ClosedDays;
import io.tenure.segment.domain.analysis.OpenDayPeriods;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.calendar.OpenDays;
import io.tenure.segment.domain.calendar.ShippedCalendars;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.saved.Shelf;
import io.tenure.segment.domain.segment.SegmentDraft;
import io.tenure.segment.store.ClickHouseJourneys;
import io.tenure.segment.store.Conditions;
import io.tenure.segment.store.DefinitionPlans;
import io.tenure.segment.store.DefinitionShelf;
import io.tenure.segment.store.Scans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A bank's events and profiles in real stores: the tables of other services as their views promise
 * them, this service's own as it migrates them. Some properties have columns of their own, as an
 * administrator may have given them; nothing else tells them from the others.
 */
public final class Bank implements AutoCloseable {

  private static final List<String> FOREIGN_TABLES =
      List.of(
          """
          CREATE TABLE events (project_id LowCardinality(String), name LowCardinality(String),
            event_time DateTime64(3, 'UTC'), receive_time DateTime64(3, 'UTC'), user_number UInt32, event_id String,
            event_key UInt64, login_id String, anonymous_id String, library String, properties Map(LowCardinality(String), String),
            log_id String, log_offset UInt64,
            p_1 Nullable(String) MATERIALIZED if(mapContains(properties, 'amount'), properties['amount'], NULL),
            n_1 Nullable(Decimal(76, 38)) MATERIALIZED toDecimal256OrNull(properties['amount'], 38),
            p_2 Nullable(String) MATERIALIZED if(mapContains(properties, 'balance'), properties['balance'], NULL),
            n_2 Nullable(Decimal(76, 38)) MATERIALIZED toDecimal256OrNull(properties['balance'], 38),
            p_3 LowCardinality(Nullable(String))
              MATERIALIZED if(mapContains(properties, 'channel'), properties['channel'], NULL),
            p_4 Nullable(String) MATERIALIZED if(mapContains(properties, 'product'), properties['product'], NULL),
            INDEX user_index user_number TYPE bloom_filter(0.01) GRANULARITY 1,
            INDEX property_index mapKeys(properties) TYPE bloom_filter(0.01) GRANULARITY 4)
          ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(event_time)
          ORDER BY (project_id, name, toDate(event_time), user_number, event_time, event_key)
          """,
          "CREATE VIEW events_v1 AS SELECT *, p_1, n_1, p_2, n_2, p_3, p_4 FROM events",
          "CREATE VIEW events_final_v1 AS SELECT *, p_1, n_1, p_2, n_2, p_3, p_4 FROM events FINAL",
          """
          CREATE VIEW property_columns_v1 AS
          SELECT 'amount' AS property, 'p_1' AS text_column, 'n_1' AS number_column
          UNION ALL SELECT 'balance', 'p_2', 'n_2' UNION ALL SELECT 'channel', 'p_3', '' UNION ALL SELECT 'product', 'p_4', ''
          """,
          """
          CREATE TABLE profiles (project_id LowCardinality(String), user_number UInt32, login_id String,
            anonymous_ids Array(String), traits Map(String, String), first_seen_time DateTime64(3, 'UTC'),
            last_seen_time DateTime64(3, 'UTC'), event_count UInt64, update_time DateTime64(3, 'UTC'))
          ENGINE = ReplacingMergeTree(update_time) ORDER BY (project_id, user_number)
          """,
          "CREATE VIEW profiles_v1 AS SELECT * FROM profiles FINAL",
          """
          CREATE TABLE user_overrides_v1 (project_id String, old_number UInt32, new_number UInt32)
          ENGINE = MergeTree ORDER BY (project_id, old_number)
          """,
          """
          CREATE TABLE user_finals_v1 (project_id String, old_number UInt32, new_number UInt32)
          ENGINE = MergeTree ORDER BY (project_id, old_number)
          """);

  private final String database;
  private final ProjectId project;
  private final ClickHouseProperties properties;
  private final ClickHouse clickHouse;
  private final Redis redis;
  private final List<Map<String, Object>> events = new ArrayList<>();
  private final List<Map<String, Object>> profiles = new ArrayList<>();
  private long eventKey;

  private Bank(String name) {
    this.database = TestStores.freshDatabase(name);
    this.project = new ProjectId(database.replace('_', '-'));
    this.properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            database,
            Duration.ofSeconds(60),
            8);
    this.clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    this.redis =
        new Redis(
            new RedisProperties(TestStores.redisUrl(), Duration.ofSeconds(5)),
            ObservationRegistry.NOOP);
  }

  /** A bank with empty tables. */
  public static Bank open(String name) {
    Bank bank = new Bank(name);
    FOREIGN_TABLES.forEach(table -> bank.clickHouse.execute(table, Map.of()));
    Migrations migrations = new Migrations(bank.clickHouse, bank.properties, Clock.systemUTC());
    migrations.run("platform");
    migrations.run(SegmentApplication.NAME);
    if (Boolean.getBoolean("tenure.test.sharded")) {
      bank.shard();
    }
    return bank;
  }

  /**
   * From here on the events lie on two shards, as in a cluster: the engine plans and runs every
   * question in two stages, and each shard sees the events of its users alone. Both shards are this
   * very server, and a view tells them apart by their number.
   */
  public Bank shard() {
    for (String view : List.of("events_v1", "events_final_v1")) {
      Stream.of(
              "RENAME TABLE %1$s TO %1$s_all",
              """
              CREATE VIEW %1$s_local AS
              SELECT * FROM %1$s_all WHERE intHash64(user_number) %% 2 = shardNum() - 1
              """,
              """
              CREATE TABLE %1$s
              AS remote('127.0.0.1,localhost', '%2$s', '%1$s_local', 'default', '', intHash64(user_number))
              """)
          .forEach(step -> clickHouse.execute(step.formatted(view, database), Map.of()));
    }
    return this;
  }

  public ClickHouse clickHouse() {
    return clickHouse;
  }

  public Redis redis() {
    return redis;
  }

  public String database() {
    return database;
  }

  /** Its own project, so that banks never meet in Redis. */
  public ProjectId project() {
    return project;
  }

  public Shelf<SegmentDraft> catalog() {
    return DefinitionShelf.segments(
        new Definitions(clickHouse, redis, Clock.systemUTC(), DefinitionShelf.SEGMENT));
  }

  /** Statements with limits no test reaches. */
  public Scans scans() {
    return new Scans(clickHouse, new AnalysisLimits(1_000_000_000, 4L << 30), columns());
  }

  /** Which properties have columns. */
  public ColumnRegistry columns() {
    return new ColumnRegistry(clickHouse, Clock.systemUTC());
  }

  /** Tracking plans, of which the bank has this one. */
  public DefinitionPlans plan(String json) {
    Definitions definitions =
        new Definitions(clickHouse, redis, Clock.systemUTC(), DefinitionPlans.KIND);
    definitions.put(project, "plan", json, "person:test", "");
    return new DefinitionPlans(definitions);
  }

  /** Each user's events. */
  public Journeys journeys() {
    return new ClickHouseJourneys(scans(), conditions());
  }

  public Conditions conditions() {
    return new Conditions(clickHouse, scans(), catalog());
  }

  /** Something a user did; properties as name, value, name, value. */
  public Bank event(long user, String name, String time, String... properties) {
    return event(++eventKey, user, name, time, properties);
  }

  /** An event with a key of its own, for instance one that is there already. */
  public Bank event(long key, long user, String name, String time, String... properties) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("project_id", project.value());
    row.put("name", name);
    row.put("event_time", Instant.parse(time).toString());
    row.put("receive_time", Instant.parse(time).plusSeconds(5).toString());
    row.put("user_number", user);
    row.put("event_id", "e" + key);
    row.put("event_key", key);
    row.put("login_id", "login-" + user);
    row.put("anonymous_id", "device-" + user);
    row.put("properties", pairs(properties));
    events.add(row);
    return this;
  }

  /** A user; traits as name, JSON text, name, JSON text. */
  public Bank profile(long user, String... traits) {
    profiles.add(
        Map.of(
            "project_id", project.value(),
            "user_number", user,
            "login_id", "login-" + user,
            "anonymous_ids", List.of("device-" + user),
            "traits", pairs(traits)));
    return this;
  }

  /** Users without traits. */
  public Bank profiles(long... users) {
    for (long user : users) {
      profile(user);
    }
    return this;
  }

  /** Stores what was collected. */
  public Bank store() {
    clickHouse.insert("events", List.copyOf(events), null);
    clickHouse.insert("profiles", List.copyOf(profiles), null);
    events.clear();
    profiles.clear();
    return this;
  }

  private static Map<String, String> pairs(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    IntStream.iterate(0, index -> index < pairs.length, index -> index + 2)
        .forEach(index -> map.put(pairs[index], pairs[index + 1]));
    return map;
  }

  /** Trading days of the Chinese exchanges. */
  public static Periods exchange(ClosedDays closed) {
    return new OpenDayPeriods(
        new OpenDays(Objects.requireNonNull(new ShippedCalendars().all().get("cn-exchanges"))),
        closed);
  }

  /** Names of its tables, to see that an attack dropped none. */
  public Stream<String> tables() {
    return clickHouse
        .query(
            "SELECT name FROM system.tables WHERE database = currentDatabase()",
            Map.of(),
            row -> row.getString("name"))
        .stream();
  }

  @Override
  public void close() {
    clickHouse.close();
    redis.close();
  }
}
