package io.tenure.collector.store.log;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.testing.MutableClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** What the log does when its disk fails it. */
final class RocksEventLogFailureTest {

  @TempDir private Path directory;
  private final MutableClock clock = new MutableClock(NOON);

  @Test
  void answersUnavailableWhenAWriteFailsAndOpensItselfAgain() {
    AtomicInteger failures = new AtomicInteger();
    RocksJournal.Disk disk =
        (db, options, batch) -> {
          if (failures.getAndDecrement() > 0) {
            throw new RocksDBException("No space left on device");
          }
          db.write(options, batch);
        };
    failsOnceAndGoesOn(disk, failures);
  }

  @Test
  void countsARecordOnceWhenItsFailedWriteReachedTheDisk() {
    AtomicInteger failures = new AtomicInteger();
    RocksJournal.Disk disk =
        (db, options, batch) -> {
          db.write(options, batch);
          if (failures.getAndDecrement() > 0) {
            throw new RocksDBException("The flush failed");
          }
        };
    failsOnceAndGoesOn(disk, failures);
  }

  private void failsOnceAndGoesOn(RocksJournal.Disk disk, AtomicInteger failures) {
    try (EventLog log = new RocksEventLog(settings(), clock, disk)) {
      log.append(submission(BANK, event(BANK, "before")));
      failures.set(1);
      assertThatThrownBy(() -> log.append(submission(BANK, event(BANK, "sent twice"))))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));

      appendWhenItTakesAgain(log, "sent twice");

      assertThat(log.trouble()).isEmpty();
      assertThat(ids(log)).containsExactly("before", "sent twice");
      assertThat(log.counts(BANK).accepted()).isEqualTo(2);
    }
  }

  @Test
  void staysClosedAndSaysSoWhenAcknowledgedRecordsAreDamaged() throws IOException {
    try (EventLog log = new RocksEventLog(settings(), clock)) {
      for (int i = 0; i < 200; i++) {
        log.append(submission(BANK, event(BANK, "e" + i)));
      }
    }
    flipAByteInTheMiddle();

    try (EventLog log = new RocksEventLog(settings(), clock)) {
      assertThat(log.trouble()).hasValueSatisfying(why -> assertThat(why).contains("damaged"));
      assertThatThrownBy(() -> log.append(submission(BANK, event(BANK, "new"))))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
    }
  }

  @Test
  void dropsFingerprintsByWholeTables() throws Exception {
    Duration window = Duration.ofDays(4);
    try (RocksTables tables = new RocksTables(directory)) {
      SeenBefore seen = new SeenBefore(tables, window);
      RocksJournal journal = new RocksJournal(tables, seen, RocksJournal.Disk.REAL);
      for (int day = 0; day < 30; day++) {
        long now = clock.millis();
        LogWrite write = new LogWrite(now, day, new boolean[0]);
        write.add(event(BANK, "e" + day).fingerprint().bytes(), new byte[] {1, 1});
        journal.write(write);
        seen.dropOld(now);
        assertThat(seen.size()).isLessThanOrEqualTo(6);
        clock.advance(Duration.ofDays(1));
      }
      clock.advance(Duration.ofDays(-1));
      List<byte[]> asked = new ArrayList<>();
      for (int day = 20; day < 30; day++) {
        asked.add(event(BANK, "e" + day).fingerprint().bytes());
      }
      assertThat(seen.known(asked, clock.millis()))
          .containsExactly(false, false, false, false, false, true, true, true, true, true);
      journal.close();
    }
  }

  private void flipAByteInTheMiddle() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Path largest =
          files
              .filter(file -> file.toString().endsWith(".log") || file.toString().endsWith(".sst"))
              .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
              .orElseThrow();
      try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
        long middle = file.length() / 2;
        file.seek(middle);
        int before = file.read();
        file.seek(middle);
        file.write(before ^ 0x55);
      }
    }
  }

  private static void appendWhenItTakesAgain(EventLog log, String id) {
    for (int attempt = 0; ; attempt++) {
      try {
        log.append(submission(BANK, event(BANK, id)));
        return;
      } catch (Failure failure) {
        assertThat(attempt).isLessThan(1_000_000);
        Thread.onSpinWait();
      }
    }
  }

  private static List<String> ids(EventLog log) {
    Batch batch = log.next(Reader.EVENTS, EventLogContract.ALL).orElseThrow();
    return batch.entries().stream()
        .map(entry -> ((LogRecord.Event) entry.record()).source().eventId().value())
        .toList();
  }

  private RocksEventLog.Settings settings() {
    return new RocksEventLog.Settings(
        directory, EventLogContract.WINDOW, 0, 1024, Duration.ofSeconds(30));
  }
}
