package io.tenure.collector;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.change;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.quarantined;
import static io.tenure.collector.domain.Records.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.client.ProfileServiceProfiles;
import io.tenure.collector.domain.ledger.Bookkeeping;
import io.tenure.collector.domain.ledger.Ledger;
import io.tenure.collector.domain.ledger.Reconciler;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.merge.FinalNumbers;
import io.tenure.collector.domain.merge.StoredNumbers;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.relay.DeliveryRefused;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.domain.relay.EventsSink;
import io.tenure.collector.domain.relay.QuarantineSink;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.SinkLag;
import io.tenure.collector.store.ClickHouseEventStore;
import io.tenure.collector.store.ClickHouseStoredNumbers;
import io.tenure.collector.store.log.MemoryEventLog;
import io.tenure.collector.store.log.RocksEventLog;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.testing.TestStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay between a real log and a real ClickHouse. */
final class RelayTest {

  private static final String PROFILES = "relay-test-profiles";
  private static final BatchLimit LIMIT = new BatchLimit(100, 4 << 20);

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();
  private final ProfileServer profileServer = new ProfileServer(PROFILES);
  private final ManagedChannel channel = ProfileServer.channel(PROFILES);
  private ClickHouse clickHouse;
  private EventStore store;
  private EventLog log;

  @BeforeEach
  void open() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("relay"),
            Duration.ofSeconds(60),
            4);
    clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    Migrations migrations = new Migrations(clickHouse, properties, clock);
    store = new ClickHouseEventStore(clickHouse, () -> migrations);
    store.prepare();
    log = openLog();
  }

  @AfterEach
  void close() {
    log.close();
    clickHouse.close();
    channel.shutdownNow();
    profileServer.close();
  }

  @Test
  void storesEveryRecordWhereItBelongs() {
    log.append(
        submission(
            BANK,
            event(BANK, "1"),
            change(BANK, "2"),
            quarantined(BANK, "\u0000raw"),
            event(BANK, "3")));

    relay(log).deliverNext();
    quarantineRelay().deliverNext();

    assertThat(
            rows(
                "SELECT event_id || '/' || toString(user_number) || '/' || properties['to'] AS row"
                    + " FROM events_v1 ORDER BY log_offset"))
        .containsExactly("1/1/张三 💰", "3/1/张三 💰");
    assertThat(profileServer.applied()).hasSize(3);
    assertThat(profileServer.applied().get(1).getChangesList()).hasSize(2);
    assertThat(rows("SELECT base64Decode(original) AS row FROM quarantine"))
        .containsExactly("\u0000raw");
    Ledger ledger = new Bookkeeping(log, store, List.of(relay(log))).ledger(BANK);
    assertThat(ledger.counts().accepted()).isEqualTo(3);
    assertThat(ledger.stored()).isEqualTo(2);
    assertThat(ledger.counts().applied()).isEqualTo(1);
    assertThat(ledger.waiting()).isZero();
    assertThat(ledger.lag()).isZero();
  }

  @Test
  void keepsTheLatestStateOfEachItem() {
    log.append(
        submission(
            BANK,
            item("a", "F1", 20, false, "new"),
            item("b", "F1", 10, false, "late news"),
            item("c", "F2", 10, false, "same time, first"),
            item("d", "F2", 10, false, "same time, second"),
            item("e", "F3", 10, false, "gone"),
            item("f", "F3", 20, true, ""),
            item("g", "F4", 30, false, "back"),
            item("h", "F4", 20, true, "")));
    EventLog forgetful = new CrashingLog(log, 2);
    Relay relay = relay(forgetful);
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    relay(log).deliverNext();
    log.append(submission(BANK, item("i", "F3", 5, false, "older than its end")));
    relay(log).deliverNext();

    assertThat(
            rows(
                "SELECT item_type || '/' || item_id || '/' || properties['name'] AS row"
                    + " FROM items_v1 WHERE project_id = 'bank' ORDER BY item_id"))
        .containsExactly("fund/F1/new", "fund/F2/same time, second", "fund/F4/back");
    clickHouse.execute("OPTIMIZE TABLE items FINAL", Map.of());
    assertThat(rows("SELECT item_id AS row FROM items_v1 ORDER BY item_id"))
        .containsExactly("F1", "F2", "F4");
    assertThat(profileServer.applied()).isEmpty();
    Ledger ledger = new Bookkeeping(log, store, List.of(relay(log))).ledger(BANK);
    assertThat(ledger.counts().accepted()).isEqualTo(9);
    assertThat(ledger.counts().applied()).isEqualTo(9);
    assertThat(ledger.stored()).isZero();
  }

  private static LogRecord.Item item(
      String eventId, String id, int second, boolean deleted, String name) {
    Instant time = Instant.parse("2026-06-15T12:00:00Z");
    return new LogRecord.Item(
        new LogRecord.Source(
            BANK, new EventId(eventId), Identity.NOBODY, time.plusSeconds(second), time, "Java 3"),
        LogRecord.Item.Kind.ITEM,
        "fund",
        id,
        deleted,
        deleted ? Map.of() : Map.of("name", name));
  }

  @Test
  void storesABatchOnceWhenItIsDeliveredAgain() {
    append(250);
    EventLog forgetful = new CrashingLog(log, 2);
    Relay relay = relay(forgetful);
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    append(10);
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    drain(relay);

    assertThat(rows("SELECT toString(count()) AS row FROM events_v1")).containsExactly("260");
    assertThat(store.countStored(log.id(), BANK)).isEqualTo(260);
  }

  @Test
  void aRecordReadAgainAfterItsUserBecameAnotherForGoodIsOneEventOfThatOne() {
    // The store's own memory of inserts would hide what is tested.
    clickHouse.execute(
        "ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 0", Map.of());
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "2")));
    Relay relay = relay(new CrashingLog(log, 2));
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    StoredNumbers stored = new ClickHouseStoredNumbers(clickHouse);
    becomesFinal(1, 7);
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    assertThat(users()).as("as a merge that is closing leaves it").containsOnly("7");

    stored.count(numbers(1, 7)).keySet().forEach(part -> stored.rewrite(numbers(1, 7), part));
    drain(relay);
    append(1);
    drain(relay);

    assertThat(users()).containsExactly("7", "7", "7");
    assertThat(store.countStored(log.id(), BANK)).isEqualTo(3);
    assertThat(stored.count(numbers(1, 7))).isEmpty();
  }

  @Test
  void rowsFollowTheirUserFromMergeToMerge() {
    append(20);
    drain(relay(log));
    StoredNumbers stored = new ClickHouseStoredNumbers(clickHouse);
    becomesFinal(1, 7);
    String month = NOON.atOffset(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMM"));

    assertThat(stored.count(numbers(1, 7))).containsExactly(Map.entry(month, 20L));
    assertThat(stored.rewrite(numbers(1, 7), month)).isZero();
    assertThat(stored.count(numbers(1, 7))).isEmpty();
    assertThat(stored.count(numbers(7, 9))).containsExactly(Map.entry(month, 20L));
    assertThat(stored.rewrite(numbers(7, 9), month)).isZero();

    assertThat(users()).hasSize(20).containsOnly("9");
    assertThat(rows("SELECT DISTINCT toString(stored_user_number) AS row FROM events_v1"))
        .as("as records are resolved")
        .containsExactly("1");
    assertThatThrownBy(() -> stored.rewrite(numbers(1, 7), "1' OR '1")).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> new FinalNumbers(BANK, Map.of(1L, 2L, 2L, 3L)))
        .isInstanceOf(Failure.class);
  }

  private static FinalNumbers numbers(long before, long now) {
    return new FinalNumbers(BANK, Map.of(before, now));
  }

  private void becomesFinal(long before, long now) {
    clickHouse.insert(
        "user_finals",
        List.of(
            Map.of(
                "project_id", BANK.value(), "old_number", before, "new_number", now, "version", 1)),
        null);
  }

  private List<String> users() {
    return rows("SELECT toString(user_number) AS row FROM events_final_v1");
  }

  @Test
  void deliversTheRestAfterTheLogIsOpenedAgain() {
    append(150);
    assertThat(relay(log).deliverNext()).isTrue();
    log.next(Reader.EVENTS, LIMIT);
    log.close();
    log = openLog();
    append(1);

    drain(relay(log));

    assertThat(rows("SELECT toString(count()) AS row FROM events_v1")).containsExactly("151");
  }

  @Test
  void waitsWhileProfileServiceIsDown() {
    profileServer.down(true);
    append(5);
    Relay relay = relay(log);

    assertThatThrownBy(relay::deliverNext)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
    append(5);
    assertThat(log.counts(BANK).delivered()).isZero();
    assertThat(relay.lag().age()).isPositive();
    assertThat(relay.lag().records()).isEqualTo(10);

    profileServer.down(false);
    drain(relay);
    assertThat(store.countStored(log.id(), BANK)).isEqualTo(10);
    assertThat(relay.lag()).isEqualTo(new SinkLag("events", 0, Duration.ZERO));
  }

  @Test
  void movesWhatProfileServiceRefusesToQuarantine() {
    profileServer.refuse(4L, 78L);
    append(90);
    Relay relay = relay(new CrashingLog(log, 2));
    assertThatThrownBy(relay::deliverNext).hasMessage("crash after setting aside");
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    drain(relay);
    drain(quarantineRelay());

    assertThat(store.countStored(log.id(), BANK)).isEqualTo(88);
    assertThat(rows("SELECT toString(count()) AS row FROM events_v1")).containsExactly("88");
    assertThat(rows("SELECT reason AS row FROM quarantine"))
        .containsExactly("DELIVERY_REFUSED", "DELIVERY_REFUSED");
    LogCounts counts = log.counts(BANK);
    assertThat(counts.accepted()).isEqualTo(88);
    assertThat(counts.delivered()).isEqualTo(88);
    assertThat(counts.quarantined()).isEqualTo(Map.of("DELIVERY_REFUSED", 2L));
    assertThat(counts.received()).isEqualTo(90);
  }

  @Test
  void storesNothingOfWhatProfileServiceSaysMustNotBeStored() {
    log.append(
        submission(BANK, event(BANK, "1"), event(BANK, "2"), change(BANK, "3"), event(BANK, "4")));
    profileServer.withhold(2L, 3L);

    relay(log).deliverNext();

    assertThat(rows("SELECT event_id AS row FROM events_v1 ORDER BY row"))
        .containsExactly("1", "4");
    Ledger ledger = new Bookkeeping(log, store, List.of(relay(log))).ledger(BANK);
    assertThat(ledger.counts().withheld()).isEqualTo(2);
    assertThat(ledger.counts().accepted())
        .isEqualTo(ledger.stored() + ledger.counts().applied() + ledger.counts().withheld());
    assertThat(new Reconciler(log, store, clock).check()).isEmpty();
  }

  @Test
  void countsAsStoredWhatAnEarlierAttemptStoredBeforeTheConsentEnded() {
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "2")));
    Relay relay = relay(new CrashingLog(log, 1));
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    profileServer.withhold(2L);

    drain(relay);

    assertThat(rows("SELECT event_id AS row FROM events_v1 ORDER BY row"))
        .containsExactly("1", "2");
    assertThat(log.counts(BANK).withheld()).isZero();
    assertThat(new Reconciler(log, store, clock).check()).isEmpty();
  }

  @Test
  void storesWhatAnEarlierAttemptHadWithheldOnceItMayBeStored() {
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "2"), event(BANK, "3")));
    profileServer.withhold(2L);
    Relay relay = relay(new CrashingLog(log, 1));
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    profileServer.allow(2L);

    drain(relay);

    assertThat(store.countStored(log.id(), BANK)).isEqualTo(3);
    assertThat(rows("SELECT toString(count()) AS row FROM events_final_v1")).containsExactly("3");
    assertThat(log.counts(BANK).withheld()).isZero();
  }

  @Test
  void storesNothingOfABatchBeforeItsRefusedRecordsAreSetAside() {
    profileServer.refuse(2L);
    append(3);
    EventsSink sink = new EventsSink(new ProfileServiceProfiles(channel), store);

    assertThatThrownBy(() -> sink.deliver(log.next(Reader.EVENTS, LIMIT).orElseThrow()))
        .isInstanceOfSatisfying(
            DeliveryRefused.class, refused -> assertThat(refused.reasons()).containsOnlyKeys(2L));

    assertThat(store.countStored(log.id(), BANK)).isZero();
  }

  @Test
  void deliversQuarantinedRecordsWhileProfileServiceIsDown() {
    profileServer.down(true);
    log.append(submission(BANK, event(BANK, "1"), quarantined(BANK, "bad")));
    assertThatThrownBy(relay(log)::deliverNext).isInstanceOf(Failure.class);

    drain(quarantineRelay());

    assertThat(rows("SELECT reason AS row FROM quarantine")).hasSize(1);
    assertThat(log.waiting(Reader.EVENTS)).isEqualTo(2);
  }

  @Test
  void storesEventsOfMoreMonthsThanOneInsertMayHold() {
    List<LogRecord> events = new ArrayList<>();
    for (int month = 0; month < 95; month++) {
      Event template = event(BANK, "month-" + month);
      LogRecord.Source source = template.source();
      events.add(
          new Event(
              new LogRecord.Source(
                  BANK,
                  new EventId("month-" + month),
                  source.identity(),
                  Instant.parse("1993-01-15T00:00:00Z").plus(Duration.ofDays(31L * month)),
                  source.receiveTime(),
                  ""),
              "Old",
              Map.of()));
    }
    log.append(new Submission(BANK, events, Map.of()));
    EventLog forgetful = new CrashingLog(log, 2);
    Relay relay = relay(forgetful);
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    assertThatThrownBy(relay::deliverNext).hasMessage("crash before the cursor moved");
    drain(relay);

    assertThat(rows("SELECT toString(count()) AS row FROM events_v1")).containsExactly("95");
  }

  @Test
  void givesWayToRequestsThatWaitUntilARecordIsOld() {
    MemoryEventLog pressed =
        new MemoryEventLog(Clock.fixed(NOON, ZoneOffset.UTC), Duration.ofDays(7));
    pressed.append(submission(BANK, event(BANK, "e")));
    Relay relay =
        new Relay(
            pressed,
            new QuarantineSink(store),
            Clock.fixed(NOON.plusSeconds(10), ZoneOffset.UTC),
            LIMIT);
    Duration longWait = Duration.ofMillis(5);

    pressed.press(Duration.ofMillis(6));
    assertThat(relay.givesWay(longWait, Duration.ofSeconds(11))).isTrue();
    assertThat(relay.givesWay(longWait, Duration.ofSeconds(10))).isFalse();
    pressed.press(Duration.ofMillis(4));
    assertThat(relay.givesWay(longWait, Duration.ofSeconds(11))).isFalse();
  }

  private int appended;

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      log.append(submission(BANK, event(BANK, "e" + appended++)));
    }
  }

  private static void drain(Relay relay) {
    while (relay.deliverNext()) {}
    relay.deliverNext();
  }

  private EventLog openLog() {
    return new RocksEventLog(
        new RocksEventLog.Settings(directory, Duration.ofDays(7), 0, 1024, Duration.ofSeconds(30)),
        clock);
  }

  private Relay relay(EventLog over) {
    return new Relay(
        over, new EventsSink(new ProfileServiceProfiles(channel), store), clock, LIMIT);
  }

  private Relay quarantineRelay() {
    return new Relay(log, new QuarantineSink(store), clock, LIMIT);
  }

  private List<String> rows(String sql) {
    return clickHouse.query(sql, Map.of(), row -> row.getString("row"));
  }
}
