package io.tenure.collector;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.change;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.quarantined;
import static io.tenure.collector.domain.Records.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.client.ProfileServiceProfiles;
import io.tenure.collector.domain.ledger.Reconciler;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.relay.EventsSink;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.store.ClickHouseEventStore;
import io.tenure.collector.store.log.RocksEventLog;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.testing.TestStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books against a real log and a real ClickHouse. */
final class ReconcilerTest {

  private static final String PROFILES = "reconciler-test-profiles";

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();

  @Test
  void provesWhatIsThereAndNamesWhatIsNot() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("reconciler"),
            Duration.ofSeconds(60),
            4);
    RocksEventLog.Settings settings =
        new RocksEventLog.Settings(directory, Duration.ofDays(7), 0, 1024, Duration.ofSeconds(30));
    ManagedChannel channel = ProfileServer.channel(PROFILES);
    try (ProfileServer profiles = new ProfileServer(PROFILES);
        ClickHouse clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
        EventLog log = new RocksEventLog(settings, clock)) {
      Migrations migrations = new Migrations(clickHouse, properties, clock);
      ClickHouseEventStore store = new ClickHouseEventStore(clickHouse, () -> migrations);
      store.prepare();
      EventsSink sink = new EventsSink(new ProfileServiceProfiles(channel), store);
      Relay relay = new Relay(log, sink, clock, new BatchLimit(3, 1 << 20));
      Reconciler reconciler = new Reconciler(log, store, clock);
      for (int i = 0; i < 5; i++) {
        log.append(
            submission(
                BANK, event(BANK, "e" + i), quarantined(BANK, "bad" + i), change(BANK, "c" + i)));
      }
      while (relay.deliverNext()) {}

      assertThat(reconciler.check()).isEmpty();
      assertThat(reconciler.state().events()).isEqualTo(5);
      assertThat(reconciler.state().ranges()).isGreaterThan(1);

      log.append(submission(BANK, event(BANK, "lost"), event(BANK, "kept")));
      relay.deliverNext();
      clickHouse.execute(
          "DELETE FROM events WHERE event_id IN ('lost', 'e0')" + " SETTINGS mutations_sync = 2",
          Map.of());

      assertThat(reconciler.check())
          .singleElement()
          .satisfies(
              mismatch -> {
                assertThat(mismatch.range().events()).isEqualTo(2);
                assertThat(mismatch.found().events()).isEqualTo(1);
              });
      assertThat(reconciler.check()).isEmpty();
      assertThat(reconciler.state().mismatches()).hasSize(1);
      assertThat(reconciler.state().events()).isEqualTo(7);
    } finally {
      channel.shutdownNow();
    }
  }
}
