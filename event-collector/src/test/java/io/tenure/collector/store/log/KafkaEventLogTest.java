package io.tenure.collector.store.log;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.quarantined;
import static io.tenure.collector.domain.Records.submission;
import static io.tenure.collector.domain.log.Reader.EVENTS;
import static io.tenure.collector.domain.log.Reader.QUARANTINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.MinuteCounts;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import kafka.server.BrokerServer;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The log on a real broker. */
final class KafkaEventLogTest extends EventLogContract {

  @TempDir private Path directory;
  private final String topic = "log-" + UUID.randomUUID();

  @Override
  EventLog open(Clock clock) {
    return ready(log(KafkaBroker.servers(), topic, "contract", clock));
  }

  private KafkaEventLog log(String servers, String name, String path, Clock clock) {
    return new KafkaEventLog(settings(servers, name, path, Duration.ofSeconds(60)), clock);
  }

  private KafkaEventLog.Settings settings(
      String servers, String name, String path, Duration patience) {
    return new KafkaEventLog.Settings(
        servers,
        name,
        0,
        1,
        (short) 1,
        Map.of(),
        directory.resolve(path),
        WINDOW,
        0,
        1024,
        patience);
  }

  private static EventLog ready(EventLog log) {
    while (log.trouble().isPresent()) {
      Thread.onSpinWait();
    }
    return log;
  }

  @Test
  void findsEverythingInKafkaWhenTheLocalCopyIsLost() {
    String name = topic + "-lost";
    String id;
    Batch cut;
    LogCounts counts;
    List<MinuteCounts> minutes;
    Instant minute = NOON.truncatedTo(ChronoUnit.MINUTES);
    try (EventLog log = ready(log(KafkaBroker.servers(), name, "first", clock))) {
      id = log.id();
      log.append(submission(BANK, event(BANK, "1"), event(BANK, "bad")));
      Batch first = log.next(EVENTS, ALL).orElseThrow();
      log.setAside(EVENTS, first, Map.of(2L, quarantined(BANK, "bad")));
      log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
      log.append(submission(BANK, event(BANK, "3"), quarantined(BANK, "x")));
      cut = log.next(EVENTS, ALL).orElseThrow();
      log.append(submission(BANK, event(BANK, "4")));
      counts = log.counts(BANK);
      minutes = log.minuteCounts(BANK, minute, minute.plusSeconds(60));
    }

    try (EventLog log = ready(log(KafkaBroker.servers(), name, "second", clock))) {
      assertThat(log.id()).isEqualTo(id);
      assertThat(log.counts(BANK)).isEqualTo(counts);
      assertThat(log.minuteCounts(BANK, minute, minute.plusSeconds(60))).isEqualTo(minutes);
      assertThat(log.next(EVENTS, ALL)).contains(cut);
      assertThat(log.next(QUARANTINE, ALL).orElseThrow().entries()).hasSize(2);
      assertThat(log.append(submission(BANK, event(BANK, "1"))).duplicate()).isEqualTo(1);
      assertThat(log.append(submission(BANK, event(BANK, "bad"))).accepted()).isEqualTo(1);
      log.confirm(EVENTS, cut);
      assertThat(log.next(EVENTS, ALL).orElseThrow().entries()).hasSize(2);
    }
  }

  @Test
  void isFencedByASecondCollectorOfTheSamePartition() {
    String name = topic + "-fenced";
    try (EventLog first = ready(log(KafkaBroker.servers(), name, "one", clock))) {
      first.append(submission(BANK, event(BANK, "1")));
      try (EventLog second = ready(log(KafkaBroker.servers(), name, "two", clock))) {
        assertThatThrownBy(() -> first.append(submission(BANK, event(BANK, "zombie"))))
            .isInstanceOf(Failure.class);

        second.append(submission(BANK, event(BANK, "2")));

        assertThat(second.next(EVENTS, ALL).orElseThrow().entries()).hasSize(2);
        assertThat(first.trouble()).isPresent();
      }
    }
  }

  @Test
  void deletesInKafkaWhatAllHaveReadAndNobodyMustRemember() {
    String name = topic + "-trimmed";
    List<Reader> readers = List.of(EVENTS, QUARANTINE);
    try (EventLog log = ready(log(KafkaBroker.servers(), name, "first", clock))) {
      log.append(submission(BANK, event(BANK, "1"), event(BANK, "2")));
      log.append(submission(BANK, quarantined(BANK, "x")));
      log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
      clock.advance(WINDOW.plusHours(1));
      log.append(submission(BANK, event(BANK, "3")));
      log.trim(readers, clock.instant());
      assertThat(messages(name)).isEqualTo(3);

      log.confirm(QUARANTINE, log.next(QUARANTINE, ALL).orElseThrow());
      log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
      log.append(submission(BANK, event(BANK, "4")));
      clock.advance(Duration.ofHours(1));
      log.trim(readers, clock.instant());
      assertThat(messages(name)).isEqualTo(2);
    }
    try (EventLog log = ready(log(KafkaBroker.servers(), name, "second", clock))) {
      assertThat(log.counts(BANK).accepted()).isEqualTo(4);
      assertThat(log.append(submission(BANK, event(BANK, "3"))).duplicate()).isEqualTo(1);
      assertThat(log.next(EVENTS, ALL).orElseThrow().entries())
          .extracting(Batch.Entry::offset)
          .containsExactly(5L);
    }
  }

  /** Messages with records, whatever is between them. */
  private int messages(String name) {
    KafkaClients clients =
        new KafkaClients(settings(KafkaBroker.servers(), name, "none", Duration.ofSeconds(60)));
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      consumer.assign(List.of(clients.records()));
      consumer.seekToBeginning(List.of(clients.records()));
      long end =
          consumer.endOffsets(List.of(clients.records())).getOrDefault(clients.records(), 0L);
      int found = 0;
      while (consumer.position(clients.records()) < end) {
        found += consumer.poll(Duration.ofMillis(200)).count();
      }
      return found;
    }
  }

  /** As an SDK does, the sender repeats what was not acknowledged. */
  @Test
  void losesAndDoublesNothingWhenTheBrokerStopsAndReturns() throws Exception {
    EmbeddedKafkaKraftBroker broker = KafkaBroker.start();
    BrokerServer server =
        Objects.requireNonNull(
            Objects.requireNonNull(broker.getCluster()).brokers().get(0), "the only broker");
    String name = topic + "-outage";
    KafkaEventLog.Settings settings =
        settings(broker.getBrokersAsString(), name, "outage", Duration.ofSeconds(2));
    try (EventLog log = ready(new KafkaEventLog(settings, clock))) {
      Sender sender = new Sender(log);
      Thread thread = Thread.ofPlatform().start(sender);
      sender.await(() -> sender.acknowledged.get() >= 20);
      server.shutdown();
      sender.await(() -> sender.refused.get() >= 2);
      long during = sender.acknowledged.get();
      server.startup();
      sender.await(() -> sender.acknowledged.get() >= during + 20);
      sender.stopped = true;
      thread.join();

      assertThat(sender.reasons).containsOnly(Reason.UNAVAILABLE);
      List<String> stored =
          ready(log).next(EVENTS, ALL).orElseThrow().entries().stream()
              .map(entry -> ((LogRecord.Event) entry.record()).source().eventId().value())
              .toList();
      assertThat(stored).doesNotHaveDuplicates().hasSize((int) sender.acknowledged.get());
      assertThat(log.counts(BANK).accepted()).isEqualTo(sender.acknowledged.get());
    } finally {
      broker.destroy();
    }
  }

  private static final class Sender implements Runnable {

    private final EventLog log;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Set<Reason> reasons = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Sender(EventLog log) {
      this.log = log;
    }

    @Override
    public void run() {
      while (!stopped) {
        try {
          log.append(submission(BANK, event(BANK, "e" + acknowledged.get())));
          acknowledged.incrementAndGet();
        } catch (Failure failure) {
          reasons.add(failure.reason());
          refused.incrementAndGet();
        }
      }
    }

    void await(BooleanSupplier condition) throws InterruptedException {
      while (!condition.getAsBoolean()) {
        Thread.sleep(Duration.ofMillis(10));
      }
    }
  }

  @Test
  void takesNothingWhileKafkaIsAway() {
    try (EventLog log = log("127.0.0.1:1", topic, "away", clock)) {
      assertThatThrownBy(() -> log.append(submission(BANK, event(BANK, "1"))))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
      assertThat(log.isWritable()).isFalse();
    }
  }
}
