package io.tenure.collector.store.log;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.submission;
import static io.tenure.collector.domain.log.Reader.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.MutableClock;
import io.tenure.platform.testing.Property;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Clocks that jump by hours, writes that fail before or after they reached the disk, restarts, and
 * the log through all of it: what it acknowledged is delivered, once.
 */
final class LogFaultsTest {

  private static final Duration WINDOW = Duration.ofDays(7);
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final int STEPS = 60;
  private static final int TRIES = 6_000;

  private final AtomicInteger failedWrites = new AtomicInteger();

  @TempDir private Path directory;

  @Test
  void deliversWhatItAcknowledgedOnceWhateverClockAndDiskDo() {
    Property.forAll(5, Generator.longs(0, Long.MAX_VALUE), this::liveThrough);
    assertThat(failedWrites).hasPositiveValue();
  }

  private void liveThrough(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    MutableClock clock = new MutableClock(NOON);
    Path path = Files.createTempDirectory(directory, "log");
    RocksJournal.Disk disk = new BadDisk(new SplittableRandom(seed), failedWrites);
    Set<String> sent = new HashSet<>();
    Set<String> acknowledged = new HashSet<>();
    List<String> delivered = new ArrayList<>();
    EventLog log = open(path, clock, disk);
    try {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(5)) {
          case 0 -> clock.advance(Duration.ofMinutes(random.nextInt(-120, 121)));
          case 1 -> deliver(log, delivered);
          case 2 -> {
            log.close();
            log = open(path, clock, disk);
          }
          case 3 -> trim(log, clock);
          default -> {
            String id = "e" + random.nextInt(STEPS);
            sent.add(id);
            if (append(log, id, random.nextBoolean())) {
              acknowledged.add(id);
            }
          }
        }
      }
      deliver(log, delivered);
      assertThat(delivered).doesNotHaveDuplicates();
      assertThat(delivered).containsAll(acknowledged);
      assertThat(sent).containsAll(delivered);
    } finally {
      log.close();
    }
  }

  /** Whether it was acknowledged; who is stubborn tries until it is. */
  private static boolean append(EventLog log, String id, boolean stubborn)
      throws InterruptedException {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        log.append(submission(BANK, event(BANK, id)));
        return true;
      } catch (Failure unavailable) {
        if (!stubborn) {
          return false;
        }
        Thread.sleep(10);
      }
    }
    throw new AssertionError("The log does not come back");
  }

  private static void deliver(EventLog log, List<String> delivered) throws InterruptedException {
    BatchLimit limit = new BatchLimit(7, 1 << 20);
    while (true) {
      Optional<Batch> next = untilItWorks(() -> log.next(EVENTS, limit));
      if (next.isEmpty()) {
        return;
      }
      Batch batch = next.orElseThrow();
      // As the relay does: confirmed only when delivered, and delivered again until confirmed.
      untilItWorks(
          () -> {
            log.confirm(EVENTS, batch);
            return batch;
          });
      for (Batch.Entry entry : batch.entries()) {
        delivered.add(((LogRecord.Event) entry.record()).source().eventId().value());
      }
    }
  }

  private static void trim(EventLog log, Clock clock) throws InterruptedException {
    untilItWorks(
        () -> {
          log.trim(List.of(EVENTS), clock.instant().minus(RETENTION));
          return log;
        });
  }

  private static <T> T untilItWorks(Supplier<T> action) throws InterruptedException {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        return action.get();
      } catch (Failure | IllegalStateException unavailable) {
        Thread.sleep(10);
      }
    }
    throw new AssertionError("The log does not come back");
  }

  private static EventLog open(Path path, Clock clock, RocksJournal.Disk disk) {
    return new RocksEventLog(
        new RocksEventLog.Settings(path, WINDOW, 0, 64, Duration.ofSeconds(60)), clock, disk);
  }

  /** Fails one write of ten: half of them before, half after the bytes are on disk. */
  private record BadDisk(SplittableRandom random, AtomicInteger failed)
      implements RocksJournal.Disk {

    @Override
    public void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException {
      int die;
      synchronized (random) {
        die = random.nextInt(20);
      }
      if (die == 0) {
        failed.incrementAndGet();
        throw new RocksDBException("injected before the write");
      }
      db.write(options, batch);
      if (die == 1) {
        failed.incrementAndGet();
        throw new RocksDBException("injected after the write");
      }
    }
  }
}
