package io.tenure.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.domain.column.ColumnKind;
import io.tenure.collector.domain.column.ColumnState;
import io.tenure.collector.domain.column.PropertyColumn;
import io.tenure.collector.domain.expiry.Expiry;
import io.tenure.collector.store.ClickHouseEventStore;
import io.tenure.collector.store.ClickHouseExpiryStore;
import io.tenure.collector.store.column.ClickHouseColumnStore;
import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.Value;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.condition.store.EventParameters;
import io.tenure.condition.store.EventSql;
import io.tenure.condition.store.Operand;
import io.tenure.condition.store.PropertyColumns;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.platform.testing.TestStores;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A column answers what the map answers, whatever state table, parts and registry are in. */
final class PropertyColumnsTest {

  private static final ProjectId BANK = new ProjectId("bank");
  private static final Instant NOON = Instant.parse("2026-10-14T12:00:00Z");
  private static final String AMOUNT = "amount 'of\\ `it'";
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "null",
          "0",
          "-0",
          "12.5",
          "12.50",
          "1e3",
          "-7",
          "99999999999999999999999999999999999999.00000000000000000000000000000000000001",
          "1000000000000000000000000000000000000000000000000",
          "true",
          "app",
          "App",
          "app store",
          "微信",
          "~sealed",
          "[\"a\",\"12.5\",12.5,true]",
          "[]",
          "[broken",
          "{\"a\":1}",
          "a'b\\c`d");

  private final ClickHouseProperties properties =
      new ClickHouseProperties(
          TestStores.clickHouseUrl(),
          TestStores.clickHouseUser(),
          TestStores.clickHousePassword(),
          TestStores.freshDatabase("columns"),
          Duration.ofSeconds(60),
          4);
  private final ClickHouse clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
  private final MutableClock clock = new MutableClock(NOON);
  private final ClickHouseColumnStore store = new ClickHouseColumnStore(clickHouse);
  private final io.tenure.collector.domain.column.PropertyColumns columns =
      new io.tenure.collector.domain.column.PropertyColumns(
          store, clock, 3, Duration.ofMinutes(10));
  private int offset;

  @BeforeEach
  void prepare() {
    start();
  }

  @AfterEach
  void close() {
    clickHouse.close();
  }

  /** What a collector does when it starts. */
  private void start() {
    new ClickHouseEventStore(
            clickHouse, () -> new Migrations(clickHouse, properties, Clock.systemUTC()))
        .prepare();
  }

  @ParameterizedTest
  @EnumSource(ColumnKind.class)
  void answersAsTheMapDoesThroughItsWholeLife(ColumnKind kind) {
    // Parts with a file for each column, and merges column by column, as large ones are.
    clickHouse.execute(
        """
        ALTER TABLE events MODIFY SETTING min_bytes_for_wide_part = 0, min_rows_for_wide_part = 0,
          vertical_merge_algorithm_min_rows_to_activate = 1,
          vertical_merge_algorithm_min_columns_to_activate = 1
        """,
        Map.of());
    clickHouse.execute("SYSTEM STOP MERGES events", Map.of());
    insertAll(NOON);
    insertAll(NOON.minus(Duration.ofDays(60)));
    PropertyColumn column = columns.promote(AMOUNT, kind, "person:root");
    assertThat(column.state()).isEqualTo(ColumnState.ACTIVE);
    PropertyColumns known = registry();
    assertThat(known.has(AMOUNT)).isTrue();
    assertSame(known, "in parts without the column");
    assertThat(columns.list().getFirst().storedRows()).isZero();

    insertAll(NOON.plusSeconds(5));
    insertAll(NOON);
    assertSame(known, "in parts with and without it, with duplicates");
    assertThat(columns.list().getFirst().storedRows()).isPositive();

    clickHouse.execute("SYSTEM START MERGES events", Map.of());
    columns.complete();
    assertSame(known, "while it is being stored");
    awaitMutations();
    assertThat(store.incompletePartition(List.of(column))).contains("202608");
    assertSame(known, "with one partition stored");
    clickHouse.execute("OPTIMIZE TABLE events PARTITION ID '202610' FINAL", Map.of());
    assertSame(known, "after a merge");
    columns.complete();
    awaitMutations();
    assertThat(store.incompletePartition(List.of(column))).isEmpty();
    assertThat(columns.list().getFirst())
        .satisfies(all -> assertThat(all.storedRows()).isEqualTo(all.rows()).isPositive());
    assertSame(known, "when all is stored");

    columns.demote(column.number(), "person:root");
    assertThat(registry().has(AMOUNT)).isFalse();
    columns.settle();
    assertSame(known, "for a statement that began before");
    clock.advance(Duration.ofMinutes(11));
    columns.settle();
    assertThat(columns.list()).isEmpty();
    assertSame(registry(), "when the column is gone");
    assertThat(columnsOf("events_v1")).isEmpty();
    assertThat(columnsOf("events")).isEmpty();

    PropertyColumn again = columns.promote(AMOUNT, kind, "person:root");
    assertThat(again.number()).isEqualTo(column.number() + 1);
    assertSame(registry(), "under a new number");
  }

  @Test
  void mergesPartsWithAndWithoutColumns() {
    clickHouse.execute("SYSTEM STOP MERGES events", Map.of());
    insertAll(NOON);
    columns.promote(AMOUNT, ColumnKind.NUMBER, "person:root");
    insertAll(NOON.plusSeconds(5));
    clickHouse.execute("SYSTEM START MERGES events", Map.of());
    clickHouse.execute("OPTIMIZE TABLE events FINAL", Map.of());
    assertThat(columns.list().getFirst())
        .satisfies(all -> assertThat(all.storedRows()).isEqualTo(all.rows()).isPositive());
    assertSame(registry(), "after a merge of both");
  }

  /** A mutation of the map changes what is computed from it, in the same step. */
  @ParameterizedTest
  @EnumSource(ColumnKind.class)
  void losesWhatRetentionTakesOutOfTheMap(ColumnKind kind) {
    insertAll(NOON.minus(Duration.ofDays(60)));
    columns.promote(AMOUNT, kind, "person:root");
    insertAll(NOON.minus(Duration.ofDays(60)).plusSeconds(7));
    PropertyColumns known = registry();
    assertThat(number("countIf(" + present(known) + ")")).isEqualTo(2 * TEXTS.size());
    new ClickHouseExpiryStore(clickHouse)
        .expire(
            List.of(
                new Expiry(
                    BANK, Instant.EPOCH, Instant.EPOCH, NOON, Set.of(AMOUNT), Instant.EPOCH)));
    assertThat(number("countIf(" + present(known) + ")")).isZero();
    assertThat(number("count()")).isEqualTo(2 * (TEXTS.size() + 1));
    assertSame(known, "after retention");
  }

  @Test
  void losesTheRowsOfAnErasedPerson() {
    insertAll(NOON);
    columns.promote(AMOUNT, ColumnKind.TEXT, "person:root");
    insertAll(NOON.plusSeconds(5));
    clickHouse.execute(
        "ALTER TABLE events DELETE WHERE project_id = 'bank' AND user_number IN (3, 4)"
            + " SETTINGS mutations_sync = 2",
        Map.of());
    assertThat(number("count()")).isEqualTo(2 * (TEXTS.size() - 1));
    assertSame(registry(), "after an erasure");
  }

  @Test
  void keepsItsColumnsWhenACollectorStartsAgain() {
    insertAll(NOON);
    columns.promote(AMOUNT, ColumnKind.NUMBER, "person:root");
    start();
    assertThat(columnsOf("events_v1")).containsExactly("n_1", "p_1");
    assertThat(columnsOf("events_final_v1")).containsExactly("n_1", "p_1");
    assertSame(registry(), "after a start");
  }

  @Test
  void carriesOnAfterACrash() {
    insertAll(NOON);
    PropertyColumn wanted =
        new PropertyColumn(
            1, 1, AMOUNT, ColumnKind.CHOICE, ColumnState.ADDING, "person:root", NOON);
    store.save(wanted);
    assertThat(registry().has(AMOUNT)).isFalse();
    columns.settle();
    assertThat(registry().has(AMOUNT)).isTrue();
    assertSame(registry(), "after a crash");
    // A restored table may be older than the registry.
    clickHouse.execute("CREATE OR REPLACE VIEW events_v1 AS SELECT * FROM events", Map.of());
    clickHouse.execute("CREATE OR REPLACE VIEW events_final_v1 AS SELECT * FROM events", Map.of());
    clickHouse.execute("ALTER TABLE events DROP COLUMN p_1", Map.of());
    assertThat(registry().has(AMOUNT)).isFalse();
    columns.settle();
    assertThat(registry().has(AMOUNT)).isTrue();
    assertSame(registry(), "after a restore");
  }

  @Test
  void letsOneOfTwoWritersWin() {
    PropertyColumn first =
        new PropertyColumn(1, 1, "a", ColumnKind.TEXT, ColumnState.ADDING, "person:one", NOON);
    store.save(first);
    assertThatThrownBy(
            () ->
                store.save(
                    new PropertyColumn(
                        1, 1, "b", ColumnKind.TEXT, ColumnState.ADDING, "person:two", NOON)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.ABORTED));
    assertThat(store.list()).containsExactly(first);
  }

  @Test
  void refusesWhatHasColumnsAndWhatIsTooMuch() {
    columns.promote("a", ColumnKind.TEXT, "person:root");
    assertThatThrownBy(() -> columns.promote("a", ColumnKind.CHOICE, "person:root"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.ALREADY_EXISTS));
    columns.promote("b", ColumnKind.TEXT, "person:root");
    columns.promote("c", ColumnKind.TEXT, "person:root");
    assertThatThrownBy(() -> columns.promote("d", ColumnKind.TEXT, "person:root"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
    assertThatThrownBy(() -> columns.demote(9, "person:root"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
    assertThatThrownBy(() -> columns.promote(" ", ColumnKind.TEXT, "person:root"))
        .isInstanceOf(Failure.class);
    columns.demote(2, "person:root");
    clock.advance(Duration.ofMinutes(10));
    columns.settle();
    assertThat(columns.promote("d", ColumnKind.TEXT, "person:root").number()).isEqualTo(4);
    assertThat(registry().has("b")).isFalse();
    assertThat(registry().has("c")).isTrue();
  }

  private PropertyColumns registry() {
    return new ColumnRegistry(clickHouse, clock).current();
  }

  /** One event for each text, and one without the property. */
  private void insertAll(Instant time) {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (int i = 0; i <= TEXTS.size(); i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("project_id", "bank");
      row.put("name", "Buy");
      row.put("event_time", time.toString());
      row.put("receive_time", time.toString());
      row.put("user_number", i + 1);
      row.put("event_id", "e" + i);
      row.put("event_key", i);
      row.put(
          "properties",
          i < TEXTS.size() ? Map.of(AMOUNT, TEXTS.get(i), "other", "x") : Map.of("other", "x"));
      row.put("log_id", "log");
      row.put("log_offset", offset++);
      rows.add(row);
    }
    clickHouse.insert("events", rows, null);
  }

  private void assertSame(PropertyColumns known, String when) {
    for (String view : List.of("events_v1", "events_final_v1")) {
      assertThat(matches(view, known))
          .as("%s: comparisons %s", view, when)
          .isEqualTo(matches(view, PropertyColumns.NONE))
          .isNotEmpty();
      assertThat(groups(view, known))
          .as("%s: groups %s", view, when)
          .isEqualTo(groups(view, PropertyColumns.NONE))
          .isNotEmpty();
    }
  }

  private static List<Comparison> comparisons() {
    List<Value> values =
        Stream.concat(
                TEXTS.stream().<Value>map(Value.Text::new),
                Stream.of(
                    new Value.Decimal(new BigDecimal("12.5")),
                    new Value.Decimal(BigDecimal.ZERO),
                    new Value.Flag(true)))
            .toList();
    List<Comparison> comparisons = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      switch (operator) {
        case IS_SET, IS_NOT_SET -> comparisons.add(new Comparison(operator, List.of()));
        case EQUAL, NOT_EQUAL, HAS_ELEMENT -> {
          values.forEach(value -> comparisons.add(new Comparison(operator, List.of(value))));
          comparisons.add(new Comparison(operator, values));
        }
        case CONTAINS, STARTS_WITH ->
            Stream.of("app", "1", "[", "'")
                .forEach(
                    text ->
                        comparisons.add(new Comparison(operator, List.of(new Value.Text(text)))));
        case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
            Stream.of("12.5", "0", "-7")
                .forEach(
                    number ->
                        comparisons.add(
                            new Comparison(
                                operator, List.of(new Value.Decimal(new BigDecimal(number))))));
      }
    }
    return comparisons;
  }

  /**
   * For each comparison that holds for some event: which. Every one is a filter of its own, as in
   * an analysis, of one statement that asks them all.
   */
  private Map<Comparison, List<String>> matches(String view, PropertyColumns known) {
    SqlParameters parameters = new EventParameters(known);
    List<Comparison> comparisons = comparisons();
    String filters =
        IntStream.range(0, comparisons.size())
            .mapToObj(
                i ->
                    "SELECT toInt64(%d) AS comparison, concat(event_id, ' ', toString(event_time)) AS event FROM %s WHERE project_id = 'bank' AND %s"
                        .formatted(
                            i,
                            view,
                            EventSql.property(
                                parameters, new PropertyFilter(AMOUNT, comparisons.get(i)))))
            .collect(Collectors.joining(" UNION ALL "));
    Map<Comparison, List<String>> found = new HashMap<>();
    clickHouse.scan(
        "SELECT comparison, event FROM (" + filters + ") ORDER BY comparison, event",
        parameters.values(),
        row ->
            found
                .computeIfAbsent(
                    comparisons.get((int) row.getLong("comparison")), _ -> new ArrayList<>())
                .add(row.getString("event")));
    return found;
  }

  /** Values with their counts and sums; missing, empty and text apart. */
  private List<String> groups(String view, PropertyColumns known) {
    SqlParameters parameters = new SqlParameters();
    Operand operand = known.operand(parameters, AMOUNT);
    return clickHouse.query(
        "SELECT if(%s, concat('=', %s), '') AS value, count() AS events, ifNull(toString(max(%s)), '-') AS highest FROM %s GROUP BY value ORDER BY value"
            .formatted(operand.present(), operand.raw(), operand.decimal(), view),
        parameters.values(),
        row ->
            row.getString("value") + " " + row.getLong("events") + " " + row.getString("highest"));
  }

  private static String present(PropertyColumns known) {
    return known.operand(new SqlParameters(), AMOUNT).present();
  }

  private long number(String what) {
    return clickHouse
        .query("SELECT " + what + " AS found FROM events_v1", Map.of(), row -> row.getLong("found"))
        .getFirst();
  }

  private List<String> columnsOf(String table) {
    return clickHouse.query(
        "SELECT name FROM system.columns WHERE database = currentDatabase()"
            + " AND table = {table:String} AND match(name, '^[pn]_') ORDER BY name",
        Map.of("table", table),
        row -> row.getString("name"));
  }

  private void awaitMutations() {
    for (int i = 0; i < 600 && store.busy(); i++) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    assertThat(store.busy()).isFalse();
  }
}
