package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.domain.column.ColumnChange;
import io.tenure.collector.domain.column.ColumnChange.Cause;
import io.tenure.collector.domain.column.ColumnKind;
import io.tenure.collector.domain.column.ColumnRule;
import io.tenure.collector.domain.column.ColumnState;
import io.tenure.collector.domain.column.ColumnStore;
import io.tenure.collector.domain.column.ColumnTurn;
import io.tenure.collector.domain.column.HotProperties;
import io.tenure.collector.domain.column.PropertyColumn;
import io.tenure.collector.domain.column.PropertyColumns;
import io.tenure.collector.domain.column.PropertyColumns.Stored;
import io.tenure.collector.domain.plan.DataClass;
import io.tenure.collector.domain.plan.Mode;
import io.tenure.collector.domain.plan.PlannedEvent;
import io.tenure.collector.domain.plan.PlannedProperty;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.TrackingPlan;
import io.tenure.collector.store.ClickHouseEventStore;
import io.tenure.collector.store.DefinitionTrackingPlans;
import io.tenure.collector.store.PlannedPersonalProperties;
import io.tenure.collector.store.column.ClickHouseColumnSample;
import io.tenure.collector.store.column.ClickHouseColumnStore;
import io.tenure.collector.store.column.CountedDemand;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.condition.store.EventParameters;
import io.tenure.condition.store.EventSql;
import io.tenure.condition.store.PropertyUse;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.IntervalTurn;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.platform.testing.TestStores;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Columns nobody asked for: for what is read often and by many events, and for nothing else. */
final class HotPropertiesTest {

  private static final Instant NOON = Instant.parse("2031-03-05T12:00:00Z");
  private static final ColumnRule RULE = new ColumnRule(2, 14, 20, 3, 0.05, 60);

  private final ClickHouseProperties properties =
      new ClickHouseProperties(
          TestStores.clickHouseUrl(),
          TestStores.clickHouseUser(),
          TestStores.clickHousePassword(),
          TestStores.freshDatabase("hot"),
          Duration.ofSeconds(60),
          4);
  private final ClickHouse clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
  private final Redis redis =
      new Redis(
          new RedisProperties(TestStores.redisUrl(), Duration.ofSeconds(2)),
          ObservationRegistry.NOOP);
  private final MutableClock clock = new MutableClock(NOON);
  private final PropertyUse use = new PropertyUse(redis, clock);
  private final ColumnStore store = new ClickHouseColumnStore(clickHouse);
  private final PropertyColumns columns =
      new PropertyColumns(store, clock, 5, Duration.ofMinutes(10));
  private final Definitions plans =
      new Definitions(clickHouse, redis, clock, DefinitionTrackingPlans.KIND);
  private final ProjectId project =
      new ProjectId("bank-" + UUID.randomUUID().toString().substring(0, 8));
  private int offset;

  @BeforeEach
  void prepare() {
    Migrations migrations = new Migrations(clickHouse, properties, Clock.systemUTC());
    migrations.run("platform");
    new ClickHouseEventStore(clickHouse, () -> migrations).prepare();
    forgetCounts();
  }

  @AfterEach
  void close() {
    forgetCounts();
    clickHouse.close();
    redis.close();
  }

  private void forgetCounts() {
    redis.call(
        "test",
        commands -> {
          commands.keys("{property-use}:*").forEach(commands::del);
          return commands.del("columns:turn");
        });
  }

  @Test
  void promotesWhatStatementsReadMostAndMostEventsHave() {
    events(100, i -> Map.of("amount", "1" + i, "channel", "c" + i % 3, "order", "o" + i));
    askOnDays(4, "amount", 6);
    askOnDays(4, "channel", 20);
    assertThat(look()).isInstanceOf(ColumnChange.Promoted.class);
    assertThat(active()).isEqualTo(Map.of("channel", ColumnKind.CHOICE));
    assertThat(look()).as("old events first").isEqualTo(new ColumnChange.None());
    storeAll();
    assertThat(look()).isInstanceOf(ColumnChange.Promoted.class);
    assertThat(active())
        .isEqualTo(Map.of("channel", ColumnKind.CHOICE, "amount", ColumnKind.NUMBER));
    storeAll();
    askOnDays(4, "order", 50);
    assertThat(look()).as("no more than the rule allows").isEqualTo(new ColumnChange.None());
    assertThat(columns.list())
        .extracting(stored -> stored.column().author())
        .containsOnly(HotProperties.AUTHOR);
  }

  @Test
  void leavesWhatIsRareOrSeldomOrBrieflyAskedFor() {
    events(100, i -> i == 7 ? Map.of("rare", "x", "a", "1") : Map.of("a", "1", "b", "2"));
    askOnDays(5, "rare", 20);
    askOnDays(5, "a", 3);
    askOnDays(1, "b", 500);
    askOnDays(5, "made up by somebody", 500);
    assertThat(look()).isEqualTo(new ColumnChange.None());
    askOnDays(5, "a", 3);
    assertThat(look()).isInstanceOf(ColumnChange.Promoted.class);
    assertThat(active()).containsOnlyKeys("a");
  }

  @Test
  void weighsTheEventsOfAPropertyBesideTheQuestions() {
    events(100, i -> i < 10 ? Map.of("tenth", "x", "all", "y") : Map.of("all", "y"));
    askOnDays(3, "tenth", 40);
    askOnDays(3, "all", 10);
    look();
    assertThat(active()).containsOnlyKeys("all");
  }

  @Test
  void neverPromotesWhatAPlanCallsPersonal() {
    events(100, i -> Map.of("iban", "CH" + i, "balance", "" + i));
    plan("iban", DataClass.C2);
    askOnDays(5, "iban", 100);
    assertThat(look()).isEqualTo(new ColumnChange.None());
    askOnDays(5, "balance", 50);
    look();
    assertThat(active()).containsOnlyKeys("balance");
    storeAll();
    plan("balance", DataClass.C2);
    assertThat(look())
        .isInstanceOfSatisfying(
            ColumnChange.Retired.class,
            retired -> assertThat(retired.cause()).isEqualTo(Cause.PERSONAL));
    assertThat(active()).isEmpty();
  }

  @Test
  void takesBackWhatNobodyReadsButOnlyItsOwn() {
    events(100, i -> Map.of("a", "1"));
    columns.promote("by hand", ColumnKind.TEXT, "person:root");
    storeAll();
    askOnDays(5, "a", 10);
    look();
    storeAll();
    assertThat(active()).containsOnlyKeys("a", "by hand");
    clock.advance(Duration.ofDays(59));
    assertThat(look()).isEqualTo(new ColumnChange.None());
    clock.advance(Duration.ofDays(2));
    assertThat(look())
        .isInstanceOfSatisfying(
            ColumnChange.Retired.class,
            retired -> assertThat(retired.cause()).isEqualTo(Cause.UNUSED));
    assertThat(active()).containsOnlyKeys("by hand");
    assertThat(look()).isEqualTo(new ColumnChange.None());
  }

  @Test
  void takesNothingBackWhenTheCountsWereLost() {
    events(100, i -> Map.of("a", "1"));
    askOnDays(5, "a", 10);
    look();
    storeAll();
    clock.advance(Duration.ofDays(70));
    forgetCounts();
    ask("other", 1);
    assertThat(look()).isEqualTo(new ColumnChange.None());
    assertThat(active()).containsOnlyKeys("a");
  }

  @Test
  void letsOneCollectorLookAtATime() {
    events(100, i -> Map.of("a", "1"));
    askOnDays(5, "a", 10);
    ColumnTurn first = new IntervalTurn(redis, HotProperties.TURN, Duration.ofHours(6))::take;
    ColumnTurn second = new IntervalTurn(redis, HotProperties.TURN, Duration.ofHours(6))::take;
    assertThat(first.take()).isTrue();
    assertThat(hot(columns, second).look()).isEqualTo(new ColumnChange.None());
    assertThat(active()).isEmpty();
  }

  @Test
  void carriesOnAfterAKill() {
    events(100, i -> Map.of("a", "1"));
    askOnDays(5, "a", 10);
    PropertyColumns killed =
        new PropertyColumns(dyingBeforeTables(), clock, 5, Duration.ofMinutes(10));
    assertThatThrownBy(() -> hot(killed, () -> true).look()).isInstanceOf(Failure.class);
    assertThat(active()).isEmpty();
    assertThat(look()).as("the first is not finished").isEqualTo(new ColumnChange.None());
    columns.settle();
    storeAll();
    assertThat(look()).isEqualTo(new ColumnChange.None());
    assertThat(columns.list()).hasSize(1);
    assertThat(active()).containsOnlyKeys("a");
  }

  private ColumnStore dyingBeforeTables() {
    return (ColumnStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ColumnStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("add")) {
                throw Failure.of(Reason.UNAVAILABLE, "killed");
              }
              return method.invoke(store, arguments);
            });
  }

  private ColumnChange look() {
    return hot(columns, () -> true).look();
  }

  private HotProperties hot(PropertyColumns of, ColumnTurn turn) {
    return new HotProperties(
        of,
        new CountedDemand(use),
        new ClickHouseColumnSample(clickHouse),
        new PlannedPersonalProperties(plans),
        turn,
        RULE,
        clock);
  }

  private Map<String, ColumnKind> active() {
    Map<String, ColumnKind> active = new HashMap<>();
    for (Stored stored : columns.list()) {
      PropertyColumn column = stored.column();
      if (column.state() == ColumnState.ACTIVE) {
        active.put(column.property(), column.kind());
      }
    }
    return active;
  }

  private void storeAll() {
    clickHouse.execute(
        "ALTER TABLE events "
            + String.join(
                ", ",
                columns.list().stream()
                    .flatMap(stored -> stored.column().names().stream())
                    .map(name -> "MATERIALIZE COLUMN " + name)
                    .toList())
            + " SETTINGS mutations_sync = 2",
        Map.of());
  }

  /** Asks as analyses do, on each of the last days, and comes back to today. */
  private void askOnDays(int days, String property, int statements) {
    Instant today = clock.instant();
    for (int ago = days - 1; ago >= 0; ago--) {
      clock.set(today.minus(Duration.ofDays(ago)));
      ask(property, statements);
    }
    clock.set(today);
  }

  private void ask(String property, int statements) {
    ColumnRegistry registry = new ColumnRegistry(clickHouse, clock, use);
    for (int i = 0; i < statements; i++) {
      SqlParameters parameters = new EventParameters(registry.current());
      EventSql.operand(parameters, property);
      EventSql.operand(parameters, property);
    }
    use.write();
  }

  private void plan(String property, DataClass dataClass) {
    PlannedProperty planned =
        new PlannedProperty(property, PropertyType.TEXT, dataClass, Set.of(), false, "");
    TrackingPlan plan =
        new TrackingPlan(
            Mode.OBSERVE, List.of(new PlannedEvent("Buy", "", List.of(planned))), List.of());
    new DefinitionTrackingPlans(plans).update(project, plan, "", "person:test");
  }

  private void events(int count, java.util.function.IntFunction<Map<String, String>> values) {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("project_id", project.value());
      row.put("name", "Buy");
      row.put("event_time", NOON.minusSeconds(60).toString());
      row.put("receive_time", NOON.toString());
      row.put("user_number", i + 1);
      row.put("event_id", "e" + i);
      row.put("event_key", i);
      row.put("properties", values.apply(i));
      row.put("log_id", "log");
      row.put("log_offset", offset++);
      rows.add(row);
    }
    clickHouse.insert("events", rows, null);
  }
}
