package io.tenure.collector.store;

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
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a real broker. */
final class KafkaEventLogTest extends EventLogContract {

  @TempDir private Path directory;
  private final String topic = "log-" + UUID.randomUUID();

  @Override
  EventLog open(Clock clock) {
    return ready(log(KafkaBroker.servers(), topic, "contract", clock));
  }

  private KafkaEventLog log(String servers, String name, String path, Clock clock) {
    return new KafkaEventLog(
        new KafkaEventLog.Settings(
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
            Duration.ofSeconds(60)),
        clock);
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
  void takesNothingWhileKafkaIsAway() {
    try (EventLog log = log("127.0.0.1:1", topic, "away", clock)) {
      assertThatThrownBy(() -> log.append(submission(BANK, event(BANK, "1"))))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
      assertThat(log.isWritable()).isFalse();
    }
  }
}
