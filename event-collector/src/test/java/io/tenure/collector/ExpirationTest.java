package io.tenure.collector;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.SHOP;
import static io.tenure.collector.domain.Records.quarantined;
import static io.tenure.collector.domain.Records.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.client.ProfileServiceProfiles;
import io.tenure.collector.domain.expiry.Expiration;
import io.tenure.collector.domain.expiry.Expiry;
import io.tenure.collector.domain.ledger.Bookkeeping;
import io.tenure.collector.domain.ledger.Ledger;
import io.tenure.collector.domain.ledger.Reconciler;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.relay.EventsSink;
import io.tenure.collector.domain.relay.QuarantineSink;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.Sink;
import io.tenure.collector.store.ClickHouseEventStore;
import io.tenure.collector.store.ClickHouseExpiryStore;
import io.tenure.collector.store.log.RocksEventLog;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.PartFiles;
import io.tenure.platform.testing.TestStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too old goes from a real ClickHouse, and the books still balance. */
final class ExpirationTest {

  private static final Instant OLD = NOON.minus(Duration.ofDays(70));

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();
  private final String name = "expiration-" + UUID.randomUUID();
  private final ClickHouseProperties properties =
      new ClickHouseProperties(
          TestStores.clickHouseUrl(),
          TestStores.clickHouseUser(),
          TestStores.clickHousePassword(),
          TestStores.freshDatabase("expiration"),
          Duration.ofSeconds(60),
          4);
  private final ClickHouse clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
  private final ClickHouseEventStore store =
      new ClickHouseEventStore(clickHouse, () -> new Migrations(clickHouse, properties, clock));
  private final Expiration expiration =
      new Expiration(store, new ClickHouseExpiryStore(clickHouse));
  private final PartFiles files =
      new PartFiles(
          statement -> clickHouse.execute(statement, Map.of()),
          question -> clickHouse.query(question, Map.of(), row -> row.getString("place")));
  private final ManagedChannel channel = ProfileServer.channel(name);
  private ProfileServer profiles;
  private EventLog log;
  private List<Relay> relays;

  @BeforeEach
  void fill() throws IOException {
    profiles = new ProfileServer(name);
    log =
        new RocksEventLog(
            new RocksEventLog.Settings(
                directory, Duration.ofDays(7), 0, 1024, Duration.ofSeconds(30)),
            clock);
    relays =
        Stream.<Sink>of(
                new EventsSink(new ProfileServiceProfiles(channel), store),
                new QuarantineSink(store))
            .map(sink -> new Relay(log, sink, clock, new BatchLimit(3, 1 << 20)))
            .toList();
    store.prepare();
    files.quicken(List.of("events", "quarantine"));
    // Squeezed texts are not found by a search of bytes.
    clickHouse.execute(
        "ALTER TABLE events MODIFY COLUMN properties Map(LowCardinality(String), String)"
            + " CODEC(NONE)",
        Map.of());
    for (int i = 0; i < 4; i++) {
      log.append(
          submission(
              BANK, event(BANK, "old" + i, OLD), event(BANK, "new" + i, NOON.minusSeconds(60))));
      log.append(
          submission(
              SHOP, event(SHOP, "old" + i, OLD), event(SHOP, "new" + i, NOON.minusSeconds(60))));
    }
    log.append(submission(BANK, quarantined(BANK, "{\"bad\": 1}")));
    log.append(submission(SHOP, quarantined(SHOP, "{\"bad\": 1}")));
    deliver();
  }

  @AfterEach
  void close() {
    log.close();
    channel.shutdownNow();
    profiles.close();
    clickHouse.close();
  }

  private void deliver() {
    for (Relay relay : relays) {
      while (relay.deliverNext()) {}
    }
  }

  @Test
  void removesOldEventsOfOneProjectAndTheBooksBalance() {
    assertThat(files.hold("events", card(BANK, "old1"))).isTrue();
    Expiry expiry = expiry(BANK, NOON.minus(Duration.ofDays(30)), Instant.EPOCH, Instant.EPOCH);
    assertThat(expiration.expire(List.of(expiry), true).counts().get(BANK))
        .containsEntry("clickhouse.events", 4L);
    assertThat(ids(BANK)).hasSize(8);
    // Written down, and then the process died.
    clickHouse.execute(
        """
        INSERT INTO expired_events
        SELECT project_id, log_id, toUInt32(0), groupBitmapState(log_offset) FROM events
        WHERE project_id = 'bank' AND event_id IN ('old0', 'old1') GROUP BY project_id, log_id
        """,
        Map.of());
    expiration.expire(List.of(expiry), false);
    expiration.expire(List.of(expiry), false);
    assertThat(ids(BANK)).containsExactly("new0", "new1", "new2", "new3");
    assertThat(ids(SHOP)).hasSize(8);
    Ledger ledger = new Bookkeeping(log, store, relays).ledger(BANK);
    assertThat(ledger.expired()).isEqualTo(4);
    assertThat(ledger.stored() + ledger.expired()).isEqualTo(ledger.counts().accepted());
    assertThat(new Bookkeeping(log, store, relays).ledger(SHOP).expired()).isZero();
    Reconciler reconciler = new Reconciler(log, store, clock);
    assertThat(reconciler.check()).isEmpty();
    assertThat(reconciler.state().events()).isEqualTo(16);
    awaitGone("events", card(BANK, "old1"));
    assertThat(files.hold("events", card(BANK, "new1"))).isTrue();
    assertThat(files.hold("events", card(SHOP, "old1"))).isTrue();
  }

  @Test
  void dropsWhatIsOldAsAWholeWithoutRewritingAnything() {
    Instant before = NOON.minus(Duration.ofDays(30));
    expiration.expire(
        List.of(
            expiry(BANK, before, Instant.EPOCH, Instant.EPOCH),
            expiry(SHOP, before, Instant.EPOCH, Instant.EPOCH)),
        false);
    assertThat(ids(BANK)).hasSize(4);
    assertThat(ids(SHOP)).hasSize(4);
    assertThat(
            clickHouse.query(
                "SELECT command AS c FROM system.mutations"
                    + " WHERE database = currentDatabase() AND table = 'events'",
                Map.of(),
                row -> row.getString("c")))
        .isEmpty();
  }

  @Test
  void blanksPersonalPropertiesAndKeepsTheEvent() {
    assertThat(files.hold("events", card(BANK, "old2"))).isTrue();
    Expiry bank = expiry(BANK, Instant.EPOCH, Instant.EPOCH, NOON.minus(Duration.ofDays(1)));
    Expiry shop =
        expiry(SHOP, Instant.EPOCH, NOON.minus(Duration.ofDays(1)), NOON.minus(Duration.ofDays(1)));
    Expiration.Outcome outcome = expiration.expire(List.of(bank, shop), false);
    assertThat(outcome.counts().get(BANK)).containsEntry("clickhouse.event_properties", 4L);
    assertThat(outcome.counts().get(SHOP)).containsEntry("clickhouse.event_properties", 8L);
    assertThat(ids(BANK)).hasSize(8);
    assertThat(names(BANK, "old2")).containsExactly("amount");
    assertThat(names(BANK, "new2")).containsExactly("amount", "card");
    assertThat(names(SHOP, "old2")).isEmpty();
    assertThat(names(SHOP, "new2")).containsExactly("amount", "card");
    awaitGone("events", card(BANK, "old2"));
    assertThat(files.hold("events", card(BANK, "new2"))).isTrue();
    // Sent late: stored, and blanked in the next night.
    log.append(submission(BANK, event(BANK, "late", OLD)));
    deliver();
    assertThat(names(BANK, "late")).contains("card");
    assertThat(expiration.expire(List.of(bank, shop), false).counts().get(BANK))
        .containsEntry("clickhouse.event_properties", 1L);
    assertThat(names(BANK, "late")).containsExactly("amount");
  }

  @Test
  void removesOldQuarantinedRecords() {
    Expiry expiry =
        new Expiry(
            BANK,
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH,
            Set.of(),
            NOON.plus(Duration.ofDays(1)));
    assertThat(expiration.expire(List.of(expiry), false).counts().get(BANK))
        .containsEntry("clickhouse.quarantine", 1L);
    assertThat(
            clickHouse.query(
                "SELECT project_id FROM quarantine", Map.of(), row -> row.getString("project_id")))
        .containsExactly("shop");
  }

  private static Expiry expiry(
      ProjectId project, Instant events, Instant properties, Instant personal) {
    return new Expiry(project, events, properties, personal, Set.of("card"), Instant.EPOCH);
  }

  private static LogRecord.Event event(ProjectId project, String id, Instant time) {
    return new LogRecord.Event(
        new LogRecord.Source(
            project,
            new EventId(id),
            new Identity("ann", "device-1", false),
            time,
            NOON,
            "Java 3.4.0"),
        "Transfer",
        Map.of("amount", "12.50", "card", card(project, id)));
  }

  /** Alike in nothing: what repeats, a store may keep as a reference that no search sees. */
  private static String card(ProjectId project, String id) {
    return UUID.nameUUIDFromBytes((project + id).getBytes(StandardCharsets.UTF_8)).toString();
  }

  private List<String> ids(ProjectId project) {
    return clickHouse.query(
        "SELECT event_id FROM events FINAL WHERE project_id = {project:String} ORDER BY event_id",
        Map.of("project", project.value()),
        row -> row.getString("event_id"));
  }

  private List<String> names(ProjectId project, String id) {
    return clickHouse.query(
        """
        SELECT arrayJoin(arraySort(mapKeys(properties))) AS name FROM events FINAL
        WHERE project_id = {project:String} AND event_id = {id:String} ORDER BY name
        """,
        Map.of("project", project.value(), "id", id),
        row -> row.getString("name"));
  }

  private void awaitGone(String table, String text) {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
    while (files.hold(table, text)) {
      assertThat(Instant.now()).as("it goes").isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
