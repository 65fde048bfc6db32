package io.tenure.collector;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.client.ProfileServiceProfiles;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.BoundedUnpacker;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.ProjectChoice;
import io.tenure.collector.domain.dialect.Rereader;
import io.tenure.collector.domain.dialect.SegmentDecoder;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.enrichment.Device;
import io.tenure.collector.domain.enrichment.Enrichment;
import io.tenure.collector.domain.enrichment.KeptAddress;
import io.tenure.collector.domain.enrichment.Places;
import io.tenure.collector.domain.intake.IdentityRule;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.NameRule;
import io.tenure.collector.domain.intake.TimeWindow;
import io.tenure.collector.domain.intake.ValueRule;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.quarantine.FieldPath;
import io.tenure.collector.domain.quarantine.Preview;
import io.tenure.collector.domain.quarantine.QuarantineFilter;
import io.tenure.collector.domain.quarantine.QuarantineId;
import io.tenure.collector.domain.quarantine.QuarantineKey;
import io.tenure.collector.domain.quarantine.QuarantineState;
import io.tenure.collector.domain.quarantine.QuarantineStore;
import io.tenure.collector.domain.quarantine.QuarantinedEntry;
import io.tenure.collector.domain.quarantine.QuarantinedEntry.Decision;
import io.tenure.collector.domain.quarantine.Rehearsal;
import io.tenure.collector.domain.quarantine.Repair;
import io.tenure.collector.domain.quarantine.Replay;
import io.tenure.collector.domain.quarantine.Replays;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.relay.EventsSink;
import io.tenure.collector.domain.relay.QuarantineSink;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.Sink;
import io.tenure.collector.store.ClickHouseEventStore;
import io.tenure.collector.store.log.RocksEventLog;
import io.tenure.collector.store.quarantine.ClickHouseQuarantineStore;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on their way into quarantine and out of it again, over a real log and ClickHouse. */
final class QuarantineTest {

  private static final String PROFILES = "quarantine-test-profiles";
  private static final long TIME = NOON.toEpochMilli() - 1000;

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();
  private final ProfileServer profileServer = new ProfileServer(PROFILES);
  private final ManagedChannel channel = ProfileServer.channel(PROFILES);
  private final List<Runnable> tasks = new ArrayList<>();
  private ClickHouse clickHouse;
  private EventLog log;
  private ClickHouseEventStore events;
  private Intake intake;
  private QuarantineStore store;
  private Replays replays;

  @BeforeEach
  void open() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("quarantine"),
            Duration.ofSeconds(60),
            4);
    clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    Migrations migrations = new Migrations(clickHouse, properties, clock);
    events = new ClickHouseEventStore(clickHouse, () -> migrations);
    events.prepare();
    log =
        new RocksEventLog(
            new RocksEventLog.Settings(
                directory, Duration.ofDays(7), 0, 1024, Duration.ofSeconds(30)),
            clock);
    intake =
        new Intake(
            new Shape(Limits.DEFAULT),
            List.of(
                new NameRule(Limits.DEFAULT),
                new ValueRule(Limits.DEFAULT),
                new TimeWindow(Duration.ofDays(730), Duration.ofHours(1)),
                new IdentityRule(),
                new Enrichment(
                    agent -> new Device(agent, "", "", "", "", false),
                    Places.NONE,
                    KeptAddress.TRUNCATED)),
            log,
            receipt -> {});
    store = new ClickHouseQuarantineStore(clickHouse);
    replays = replays(store);
  }

  @AfterEach
  void close() {
    log.close();
    clickHouse.close();
    channel.shutdownNow();
    profileServer.close();
  }

  @Test
  void bringsARepairedEventInAsItCameFirst() {
    sensors(event("2 bad", "u1", ",\"_track_id\":5"));
    QuarantinedEntry aside = only(list());

    Replay done = replay(new Repair.RenameEvent("2 bad", "Good"));

    assertThat(done.state()).isEqualTo(Replay.State.DONE);
    assertThat(done.counts()).isEqualTo(new Replay.Counts(1, 1, 1, 0, Map.of()));
    assertThat(
            rows(
                "SELECT name || '/' || anonymous_id || '/' || properties['$quarantine_id'] || '/'"
                    + " || toString(toUnixTimestamp64Milli(receive_time)) AS row FROM events_v1"))
        .containsExactly("Good/u1/" + aside.id() + "/" + NOON.toEpochMilli());
    Decision decision = only(list()).decision();
    assertThat(decision.state()).isEqualTo(QuarantineState.REPLAYED);
    assertThat(decision.author()).isEqualTo("person:ann");
    assertThat(rows("SELECT event_id AS row FROM events_v1")).containsExactly(decision.eventId());
    assertThat(store.countReplayed(BANK)).isEqualTo(1);
    assertBalance();
  }

  @Test
  void keepsTheIdARecordHadBeforeItsRepair() {
    String record = event("2 bad", "u1", ",\"_track_id\":5");
    sensors(record);
    replay(new Repair.RenameEvent("", "Good"));
    sensors(event("2 bad", "u2", ""));
    replay(
        new Repair.RenameEvent("", "Good"),
        new Repair.SetField(FieldPath.parse("properties.x"), "y"));

    sensors(record);
    Replay again = replay(new Repair.RenameEvent("", "Other name"));

    assertThat(again.counts().matched()).isZero();
    assertThat(rows("SELECT toString(uniqExact(event_id)) AS row FROM events_v1"))
        .containsExactly("2");
  }

  @Test
  void storesNothingTwiceWhenAReplayIsRepeatedAfterACrash() {
    sensors(event("2 bad", "u1", ""), event("3 bad", "u2", ""));
    Replays crashing = replays(new UndecidedOnce(store));
    Replay crashed = crashing.start(BANK, QuarantineFilter.ALL, List.of(rename("Good")), "key:1");
    assertThatThrownBy(() -> tasks.removeFirst().run()).isInstanceOf(IllegalStateException.class);
    assertThat(replays.get(BANK, crashed.id()).state()).isEqualTo(Replay.State.FAILED);

    Replay again = replay(rename("Other"));

    assertThat(again.counts().accepted()).isZero();
    assertThat(again.counts().duplicate()).isEqualTo(2);
    assertThat(rows("SELECT toString(count()) AS row FROM events_v1")).containsExactly("2");
    assertThat(list()).allMatch(e -> e.decision().state() == QuarantineState.REPLAYED);
    assertBalance();
  }

  @Test
  void keepsLargeSharedFieldsWholeAndOnce() {
    String title = "t".repeat(40_000);
    String batch =
        """
        {"sentAt":"%s","context":{"page":{"title":"%s"},"locale":"cs-CZ"},"batch":[
          {"type":"track","messageId":"1","event":" ","userId":"u1"},
          {"type":"track","messageId":"2","event":" ","userId":"u2"},
          {"type":"track","messageId":"3","event":" ","userId":"u3"}]}
        """
            .formatted(NOON, title);
    segment(batch);

    assertThat(rows("SELECT toString(length(shared) > 40000) AS row FROM quarantine ORDER BY row"))
        .containsExactly("0", "0", "1");
    assertThat(list())
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.record().context().shared()).contains(title));

    segment(batch);
    assertThat(list()).hasSize(3);
    assertThat(log.counts(BANK).duplicate()).isEqualTo(3);

    replay(rename("Good"), new Repair.SetField(FieldPath.parse("context.page.title"), "short"));
    assertThat(rows("SELECT properties['$language'] AS row FROM events_v1"))
        .containsExactly("cs-CZ", "cs-CZ", "cs-CZ");
  }

  @Test
  void tellsSharedFieldsAgainBesideBytesThatAreKnown() {
    String record = "{\"type\":\"track\",\"messageId\":\"1\",\"event\":\" \",\"userId\":\"u1\"}";
    String other = record.replace("\"1\"", "\"2\"");
    segment("{\"batch\":[" + record + "]}");
    String large = "l".repeat(40_000);
    segment(
        "{\"context\":{\"locale\":\"" + large + "\"},\"batch\":[" + record + "," + other + "]}");

    assertThat(list())
        .hasSize(3)
        .filteredOn(entry -> entry.record().context().shared().contains(large))
        .hasSize(2);
  }

  @Test
  void replaysNothingWithoutTheSharedFieldsItNeeds() {
    String large = "l".repeat(40_000);
    String bad = "{\"type\":\"track\",\"messageId\":\"%d\",\"event\":\" \",\"userId\":\"u\"}";
    segment(
        "{\"context\":{\"locale\":\"%s\"},\"batch\":[%s,%s]}"
            .formatted(large, bad.formatted(1), bad.formatted(2)));
    clickHouse.execute(
        "ALTER TABLE quarantine DELETE WHERE length(shared) > 40000 SETTINGS mutations_sync = 2",
        Map.of());

    Replay done = replay(rename("Good"));

    assertThat(done.counts().remaining()).isEqualTo(Map.of("EVENT_NAME_INVALID", 1L));
    assertThat(rows("SELECT event_id AS row FROM events_v1")).isEmpty();
  }

  @Test
  void bringsARecordOfAnotherProjectIntoThatOfItsKey() {
    sensors(event("A", "u1", ",\"project\":\"elsewhere\""));
    sensors(event("B", "u2", "").replace("{}", "{\"$project\":\"elsewhere\"}"));
    intake.take(
        BANK,
        decoded(event("C", "u3", "")).stream()
            .map(draft -> draft.sharing(ProjectChoice.REQUEST_PROJECT, "elsewhere"))
            .toList());
    deliver();
    assertThat(list())
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.reason()).isEqualTo("PROJECT_MISMATCH"));

    Replay removed =
        replay(
            new Repair.RemoveField(FieldPath.parse("project")),
            new Repair.RemoveField(FieldPath.parse("properties.$project")));
    assertThat(removed.counts().accepted()).isEqualTo(2);
    Replay set = replay(new Repair.SetField(FieldPath.parse("project"), BANK.value()));
    assertThat(set.counts().accepted()).isEqualTo(1);

    assertThat(rows("SELECT project_id || name AS row FROM events_v1 ORDER BY name"))
        .containsExactly("bankA", "bankB", "bankC");
  }

  @Test
  void takesABatchThatWasTooLargeApart() {
    String good = "{\"type\":\"track\",\"messageId\":\"g\",\"event\":\"Good\",\"userId\":\"u1\"}";
    String bad = "{\"type\":\"track\",\"messageId\":\"b\",\"event\":\" \",\"userId\":\"u1\"}";
    String batch = "{\"batch\":[" + good + "," + bad + "]}";
    aside(batch, QuarantineReason.BATCH_TOO_LARGE, "The batch has more than 500000 bytes");

    Replay done = replay();

    assertThat(done.counts().accepted()).isEqualTo(1);
    assertThat(rows("SELECT event_id AS row FROM events_v1")).containsExactly("g");
    assertThat(list())
        .extracting(entry -> entry.reason() + " " + entry.decision().state())
        .containsExactlyInAnyOrder("BATCH_TOO_LARGE REPLAYED", "EVENT_NAME_INVALID OPEN");
  }

  @Test
  void saysThatNoReplayHelpsWhatCannotBeRead() {
    aside("{\"batch\":[", QuarantineReason.MALFORMED_BODY, "The JSON is broken");
    sensors("{\"a\":1,\"a\":2}", "7");

    assertThatThrownBy(
            () -> replays.start(BANK, QuarantineFilter.ALL, List.of(rename("Good")), "key:1"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION);
              assertThat(failure.text())
                  .contains("(DUPLICATE_KEY, MALFORMED_BODY, NOT_AN_OBJECT)", "send them again");
            });
    assertThat(replays.list(BANK)).isEmpty();

    sensors(event("2 bad", "u1", ""));
    assertThat(replay(rename("Good")).counts().remaining())
        .isEqualTo(Map.of("DUPLICATE_KEY", 1L, "MALFORMED_BODY", 1L, "NOT_AN_OBJECT", 1L));
  }

  @Test
  void leavesWhatIsStillNotAcceptable() {
    sensors(event("2 bad", "u1", ""), "{\"type\":\"nonsense\"}");

    Replay done = replay(rename("Good"));

    assertThat(done.counts().accepted()).isEqualTo(1);
    assertThat(done.counts().remaining()).isEqualTo(Map.of("TYPE_UNKNOWN", 1L));
    assertThat(log.counts(BANK).quarantinedTotal()).isEqualTo(2);
    assertBalance();
  }

  @Test
  void previewsWithoutChangingAnything() {
    sensors(event("2 bad", "u1", ""), event("3 bad", "u2", ""), "{\"type\":\"nonsense\"}");

    Preview preview = replays.preview(BANK, QuarantineFilter.ALL, List.of(rename("Good")));

    assertThat(preview.matched()).isEqualTo(3);
    assertThat(preview.accepted()).isEqualTo(2);
    assertThat(preview.before()).isEqualTo(Map.of("EVENT_NAME_INVALID", 2L, "TYPE_UNKNOWN", 1L));
    assertThat(preview.after()).isEqualTo(Map.of("TYPE_UNKNOWN", 1L));
    assertThat(preview.examples()).hasSize(3);
    assertThat(preview.examples().getFirst().after()).contains("\"event\":\"Good\"");
    assertThat(log.counts(BANK).accepted()).isZero();
    assertThat(list()).allMatch(e -> e.decision().state() == QuarantineState.OPEN);
  }

  @Test
  void readsARecordOfABatchWithWhatTheBatchSaid() {
    String sent = NOON.minusSeconds(3600).toString();
    String body =
        """
        {"sentAt":"%s","context":{"library":{"name":"analytics-go","version":"3"},"os":{"name":"iOS"}},
         "batch":[{"type":"track","event":"","messageId":"m1","userId":"u","timestamp":"%s"}]}
        """
            .formatted(sent, sent);
    Arrival arrival = new Arrival(BANK, Set.of(), NOON, "203.0.113.7", "Go/1", false);
    intake.take(BANK, new SegmentDecoder(arrival).batch(body.getBytes(UTF_8)));
    intake.take(
        BANK,
        new SegmentDecoder(arrival)
            .single(
                "{\"messageId\":\"m2\",\"event\":\"\",\"userId\":\"u\"}".getBytes(UTF_8), "track"));
    deliver();
    assertThat(list().getLast().record().context().library()).isEqualTo("analytics-go 3");
    assertThat(list().getLast().record().context().address()).isEqualTo("203.0.113.7");

    replay(rename("Opened"));

    assertThat(
            rows(
                "SELECT event_id || '/' || library || '/' || properties['$os'] || '/' ||"
                    + " toString(toUnixTimestamp64Milli(event_time)) AS row"
                    + " FROM events_v1 ORDER BY event_id"))
        .containsExactly(
            "m1/analytics-go 3/iOS/" + NOON.toEpochMilli(), "m2///" + NOON.toEpochMilli());
  }

  /** A replay finds what the request showed when it came. */
  @Test
  void enrichesARecordFromTheRequestThatBroughtIt() {
    String agent = "Mozilla/5.0 (iPhone)";
    Arrival arrival = new Arrival(BANK, Set.of(), NOON, "203.0.113.7", agent, false);
    String body = "{\"messageId\":\"m1\",\"event\":\"\",\"userId\":\"u\"}";
    intake.take(BANK, new SegmentDecoder(arrival).single(body.getBytes(UTF_8), "track"));
    deliver();

    replay(rename("Opened"));

    assertThat(rows("SELECT properties['$os'] || '/' || properties['$ip'] AS row FROM events_v1"))
        .containsExactly("Mozilla/5.0 (iPhone)/203.0.113.0");
  }

  @Test
  void opensAPayloadWhoseChecksumIsToBeIgnored() throws IOException {
    String list = "[" + event("A", "u1", "") + "," + event("2 bad", "u2", "") + "]";
    String payload = Base64.getEncoder().encodeToString(list.getBytes(UTF_8));
    intake.take(
        BANK,
        new SensorsDecoder(new Arrival(BANK, NOON))
            .decode(Map.of("data_list", payload, "crc", "1"), new BoundedUnpacker(1000)));
    deliver();
    assertThat(only(list()).reason()).isEqualTo("CRC_MISMATCH");

    Replay asItIs = replay();
    Replay repaired = replay(new Repair.RemoveField(FieldPath.parse("$form.crc")));

    assertThat(asItIs.counts().remaining()).isEqualTo(Map.of("CRC_MISMATCH", 1L));
    assertThat(repaired.counts().accepted()).isEqualTo(1);
    assertThat(list())
        .extracting(QuarantinedEntry::reason)
        .containsExactlyInAnyOrder("CRC_MISMATCH", "EVENT_NAME_INVALID");
    assertBalance();
  }

  @Test
  void repairsWhatPeopleRepair() {
    sensors(
        "{\"type\":\"track\",\"event\":\"Pay\",\"distinct_id\":\"u\",\"time\":\"soon\","
            + "\"project\":\"elsewhere\",\"properties\":{\"1a\":\"7.50\",\"n\":8}}");

    replay(
        new Repair.SetTimeToReceiveTime(),
        new Repair.RemoveField(FieldPath.parse("project")),
        new Repair.RenameProperty("1a", "amount"),
        new Repair.TextToNumber(FieldPath.parse("properties.amount")),
        new Repair.NumberToText(FieldPath.parse("properties.n")),
        new Repair.SetField(FieldPath.parse("properties.currency"), "CNY"));

    assertThat(
            rows(
                "SELECT properties['amount'] || properties['n'] || properties['currency'] || '/' ||"
                    + " toString(event_time = receive_time) AS row FROM events_v1"))
        .containsExactly("7.58CNY/1");
  }

  @Test
  void findsRecordsByWhatIsKnownOfThem() {
    sensors(
        event("2 bad", "u1", ",\"lib\":{\"$lib\":\"Java\",\"$lib_version\":\"3.4.0\"}"),
        event("3 bad", "u2", ""),
        "{\"type\":\"nonsense\"}");
    QuarantineFilter all = QuarantineFilter.ALL;

    assertThat(find(all, Set.of("TYPE_UNKNOWN"), "", "")).hasSize(1);
    assertThat(find(all, Set.of(), "3 bad", "")).hasSize(1);
    assertThat(find(all, Set.of(), "", "Java 3")).hasSize(1);
    assertThat(find(all, Set.of("CRC_MISMATCH"), "", "")).isEmpty();
    assertThat(store.countByReason(BANK, all))
        .isEqualTo(Map.of("EVENT_NAME_INVALID", 2L, "TYPE_UNKNOWN", 1L));
    assertThat(store.countByHour(BANK, all, 10))
        .extracting(QuarantineStore.HourCount::count)
        .containsExactly(2L, 1L);
    assertThat(store.list(new ProjectId("other"), all, QuarantineKey.NEWEST, 9)).isEmpty();
    List<QuarantinedEntry> first = store.list(BANK, all, QuarantineKey.NEWEST, 2);
    List<QuarantinedEntry> second = store.list(BANK, all, first.getLast().key(), 2);
    assertThat(first).hasSize(2);
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    QuarantineFilter byId =
        new QuarantineFilter(
            Set.of(),
            "",
            "",
            "",
            Optional.empty(),
            all.from(),
            all.to(),
            List.of(only(second).id()));
    assertThat(store.list(BANK, byId, QuarantineKey.NEWEST, 9)).hasSize(1);
  }

  @Test
  void dismissesOpenRecordsOnly() {
    sensors(event("2 bad", "u1", ""));
    replay(rename("Good"));
    sensors("{\"type\":\"nonsense\"}");

    Replays.Dismissal dismissal = replays.dismiss(BANK, QuarantineFilter.ALL, "person:bob");

    assertThat(dismissal.records()).isEqualTo(1);
    assertThat(list())
        .extracting(entry -> entry.decision().state())
        .containsExactlyInAnyOrder(QuarantineState.REPLAYED, QuarantineState.DISMISSED);
    assertThat(replay().counts().matched()).isZero();
  }

  @Test
  void stopsAReplaySomebodyCancelled() {
    sensors(event("2 bad", "u1", ""));
    Replay started = replays.start(BANK, QuarantineFilter.ALL, List.of(rename("Good")), "key:1");
    assertThatThrownBy(() -> replays.start(BANK, QuarantineFilter.ALL, List.of(), "key:1"))
        .isInstanceOf(Failure.class)
        .hasMessage("Another replay is under way");

    replays.cancel(BANK, started.id());
    tasks.removeFirst().run();

    assertThat(replays.get(BANK, started.id()).state()).isEqualTo(Replay.State.CANCELLED);
    assertThat(log.counts(BANK).accepted()).isZero();
  }

  private Replays replays(QuarantineStore over) {
    Rereader rereader =
        new Rereader(
            (arrival, form, unpacker) -> new SensorsDecoder(arrival).decode(form, unpacker),
            new BoundedUnpacker(8 << 20));
    return new Replays(
        over,
        new Rehearsal(rereader, new Shape(Limits.DEFAULT), intake),
        intake,
        clock,
        tasks::add);
  }

  private Replay replay(Repair... repairs) {
    Replay started = replays.start(BANK, QuarantineFilter.ALL, List.of(repairs), "person:ann");
    tasks.removeFirst().run();
    deliver();
    Replay done = replays.get(BANK, started.id());
    assertThat(done.filter()).isEqualTo(started.filter());
    assertThat(done.repairs()).isEqualTo(List.of(repairs));
    return done;
  }

  private void deliver() {
    BatchLimit limit = new BatchLimit(1000, 4 << 20);
    Sink accepted = new EventsSink(new ProfileServiceProfiles(channel), events);
    new Relay(log, accepted, clock, limit).deliverNext();
    new Relay(log, new QuarantineSink(events), clock, limit).deliverNext();
  }

  private static Repair rename(String to) {
    return new Repair.RenameEvent("", to);
  }

  private void sensors(String... records) {
    intake.take(BANK, decoded(records));
    deliver();
  }

  private static List<Draft> decoded(String... records) {
    String json = "[" + String.join(",", records) + "]";
    String payload = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    try {
      return new SensorsDecoder(new Arrival(BANK, NOON))
          .decode(Map.of("data_list", payload), new BoundedUnpacker(1000));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private void segment(String batch) {
    intake.take(BANK, new SegmentDecoder(new Arrival(BANK, NOON)).batch(batch.getBytes(UTF_8)));
    deliver();
  }

  /** A body that was kept aside whole, as the door does. */
  private void aside(String body, QuarantineReason reason, String detail) {
    intake.take(
        BANK,
        List.of(
            new Draft(
                new Arrival(BANK, NOON),
                Dialect.SEGMENT,
                Map.of(),
                Map.of("$path", "/v1/batch", "$query", ""),
                Draft.Original.of(body.getBytes(UTF_8)),
                new Verdict.Quarantine(reason, detail))));
    deliver();
  }

  private static String event(String name, String user, String more) {
    return "{\"type\":\"track\",\"event\":\"%s\",\"distinct_id\":\"%s\",\"time\":%d%s,\"properties\":{}}"
        .formatted(name, user, TIME, more);
  }

  private List<QuarantinedEntry> list() {
    return store.list(BANK, QuarantineFilter.ALL, QuarantineKey.NEWEST, 100);
  }

  private List<QuarantinedEntry> find(
      QuarantineFilter all, Set<String> reasons, String event, String library) {
    return store.list(
        BANK,
        new QuarantineFilter(
            reasons, "sensors", event, library, Optional.empty(), all.from(), all.to(), List.of()),
        QuarantineKey.NEWEST,
        100);
  }

  private static QuarantinedEntry only(List<QuarantinedEntry> entries) {
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }

  private void assertBalance() {
    LogCounts counts = log.counts(BANK);
    assertThat(counts.received())
        .isEqualTo(counts.accepted() + counts.duplicate() + counts.quarantinedTotal());
    assertThat(rows("SELECT toString(count()) AS row FROM events_v1"))
        .containsExactly(Long.toString(counts.accepted()));
  }

  private List<String> rows(String sql) {
    return clickHouse.query(sql, Map.of(), row -> row.getString("row"));
  }

  /** Crashes once after the log has the records and before their state is written. */
  private record UndecidedOnce(QuarantineStore store, List<Boolean> crashed)
      implements QuarantineStore {

    UndecidedOnce(QuarantineStore store) {
      this(store, new ArrayList<>());
    }

    @Override
    public List<QuarantinedEntry> list(
        ProjectId project, QuarantineFilter filter, QuarantineKey before, int limit) {
      return store.list(project, filter, before, limit);
    }

    @Override
    public Map<String, Long> countByReason(ProjectId project, QuarantineFilter filter) {
      return store.countByReason(project, filter);
    }

    @Override
    public List<HourCount> countByHour(ProjectId project, QuarantineFilter filter, int limit) {
      return store.countByHour(project, filter, limit);
    }

    @Override
    public long countReplayed(ProjectId project) {
      return store.countReplayed(project);
    }

    @Override
    public void decide(ProjectId project, Map<QuarantineId, Decision> decisions) {
      if (crashed.isEmpty()) {
        crashed.add(true);
        throw new IllegalStateException("crash before the state was written");
      }
      store.decide(project, decisions);
    }

    @Override
    public void decideAll(ProjectId project, QuarantineFilter filter, Decision decision) {
      store.decideAll(project, filter, decision);
    }

    @Override
    public void save(Replay replay) {
      store.save(replay);
    }

    @Override
    public Optional<Replay> find(ProjectId project, String id) {
      return store.find(project, id);
    }

    @Override
    public List<Replay> replays(ProjectId project, int limit) {
      return store.replays(project, limit);
    }
  }
}
