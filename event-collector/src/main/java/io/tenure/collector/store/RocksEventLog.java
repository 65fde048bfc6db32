package io.tenure.collector.store;

import static io.tenure.collector.store.RocksTables.bytes;
import static io.tenure.collector.store.RocksTables.number;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on RocksDB. Requests wait in a queue; one thread takes all that wait, looks for
 * duplicates, and writes records, fingerprints and counts as one synchronous batch, so many
 * requests share one disk flush. After a failed write nothing is tried again on the open database:
 * the requests fail, the database is closed, opened and thereby verified, and only then more is
 * taken.
 */
public final class RocksEventLog implements EventLog {

  private static final Logger LOG = LoggerFactory.getLogger(RocksEventLog.class);
  private static final int GROUP_REQUESTS = 2048;
  private static final long GROUP_BYTES = 8L << 20;
  private static final Duration REOPEN_PAUSE = Duration.ofSeconds(1);
  private static final String ID = "log-id";
  private static final String CURSOR = "cursor";
  private static final String CUT = "cut";

  /**
   * What a log needs to know.
   *
   * @param directory where it lies; one process at a time
   * @param duplicateWindow how long a record is remembered
   * @param diskReserve free bytes below which nothing is taken
   * @param queue most requests waiting to be written
   * @param patience how long a request waits to be written
   */
  public record Settings(
      Path directory, Duration duplicateWindow, long diskReserve, int queue, Duration patience) {}

  private record Pending(
      Submission submission,
      List<Committer.Encoded> records,
      long bytes,
      CompletableFuture<Receipt> done) {}

  private final Settings settings;
  private final Clock clock;
  private final BlockingQueue<Pending> queue;
  private final ReadWriteLock openness = new ReentrantReadWriteLock();
  private final AtomicBoolean writable = new AtomicBoolean(true);
  private final Thread writer;
  private volatile boolean closed;
  private RocksTables tables;
  private Committer committer;
  private Tally tally;
  private String id;
  private volatile long cursor;
  private long diskCheck;

  /**
   * Opens a log, or creates it.
   *
   * @throws IllegalStateException when the directory can't be used or another process has it
   */
  public RocksEventLog(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(settings.queue());
    try {
      this.tables = new RocksTables(settings.directory());
      this.tally = loadTally(tables);
      this.id = loadId(tables);
      this.cursor = loadNumber(tables, CURSOR);
      this.committer = new Committer(tables, tally, clock, settings.duplicateWindow(), cursor);
    } catch (RocksDBException | IOException exception) {
      throw new IllegalStateException("Cannot open the log in " + settings.directory(), exception);
    }
    this.writer = Thread.ofPlatform().name("event-log").daemon().start(this::writeLoop);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Receipt append(Submission submission) {
    List<Committer.Encoded> encoded = new ArrayList<>(submission.records().size());
    long size = 0;
    for (LogRecord record : submission.records()) {
      byte[] bytes = RecordCodec.encode(record);
      encoded.add(new Committer.Encoded(record, record.fingerprint().bytes(), bytes));
      size += bytes.length;
    }
    Pending pending = new Pending(submission, encoded, size, new CompletableFuture<>());
    if (closed || !isWritable() || !queue.offer(pending)) {
      throw unavailable("The log takes no records at the moment");
    }
    return await(pending);
  }

  private Receipt await(Pending pending) {
    try {
      return pending.done().get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException exception) {
      if (exception.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException(exception.getCause());
    } catch (TimeoutException late) {
      throw unavailable("The log is too slow at the moment");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unavailable("The log is closing");
    }
  }

  private static Failure unavailable(String message) {
    return Failure.unavailable(message, Duration.ofSeconds(2));
  }

  private void writeLoop() {
    while (!closed || !queue.isEmpty()) {
      try {
        Pending first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          write(group(first));
        } else {
          committer.forgetOld(200);
          checkDisk();
        }
      } catch (InterruptedException closing) {
        return;
      } catch (RocksDBException exception) {
        reopen(exception);
      } catch (RuntimeException defect) {
        LOG.error("The log's thread met a defect", defect);
      }
    }
  }

  private List<Pending> group(Pending first) {
    List<Pending> group = new ArrayList<>();
    long bytes = 0;
    for (@Nullable Pending next = first; next != null; next = queue.poll()) {
      group.add(next);
      bytes += next.bytes();
      if (group.size() == GROUP_REQUESTS || bytes >= GROUP_BYTES) {
        break;
      }
    }
    return group;
  }

  private void write(List<Pending> group) {
    try {
      if (!checkDisk()) {
        throw unavailable("The disk is nearly full");
      }
      List<Receipt> receipts =
          committer.commit(
              group.stream()
                  .map(one -> new Committer.Request(one.submission(), one.records()))
                  .toList());
      for (int i = 0; i < receipts.size(); i++) {
        group.get(i).done().complete(receipts.get(i));
      }
      committer.forgetOld(2 * receipts.stream().mapToInt(Receipt::received).sum());
    } catch (Failure failure) {
      group.forEach(one -> one.done().completeExceptionally(failure));
    } catch (RocksDBException exception) {
      Failure failure =
          Failure.unavailable("The log could not write", Duration.ofSeconds(2), exception);
      group.forEach(one -> one.done().completeExceptionally(failure));
      reopen(exception);
    } catch (RuntimeException defect) {
      group.forEach(one -> one.done().completeExceptionally(defect));
      throw defect;
    }
  }

  /** Looks at the free space at most once a second. */
  private boolean checkDisk() {
    long now = clock.millis();
    if (now - diskCheck >= 1_000 || !writable.get()) {
      diskCheck = now;
      try {
        boolean enough =
            Files.getFileStore(settings.directory()).getUsableSpace() >= settings.diskReserve();
        if (writable.getAndSet(enough) != enough) {
          LOG.warn("Free space is {} the reserve", enough ? "above" : "below");
        }
      } catch (IOException exception) {
        LOG.warn("The free space is unknown", exception);
        writable.set(false);
      }
    }
    return writable.get();
  }

  private void reopen(RocksDBException cause) {
    LOG.error("The log failed; it is opened anew", cause);
    writable.set(false);
    openness.writeLock().lock();
    try {
      tables.close();
      while (!closed) {
        try {
          tables = new RocksTables(settings.directory());
          tally = loadTally(tables);
          cursor = loadNumber(tables, CURSOR);
          committer = new Committer(tables, tally, clock, settings.duplicateWindow(), cursor);
          writable.set(true);
          return;
        } catch (RocksDBException | IOException again) {
          LOG.error("The log can't be opened", again);
          Thread.sleep(REOPEN_PAUSE);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      openness.writeLock().unlock();
    }
  }

  @Override
  public Optional<Batch> next(BatchLimit limit) {
    return reading(
        () -> {
          byte @Nullable [] cut = tables.meta(CUT);
          if (cut != null && number(cut, 0) > cursor) {
            return Optional.of(
                read(
                    number(cut, 0),
                    number(cut, 1),
                    new BatchLimit(Integer.MAX_VALUE, Long.MAX_VALUE)));
          }
          Batch batch = read(cursor + 1, committer.lastOffset(), limit);
          if (batch.entries().isEmpty()) {
            return Optional.empty();
          }
          tables.db.put(
              tables.meta, tables.durable, bytes(CUT), bytes(batch.first(), batch.last()));
          return Optional.of(batch);
        });
  }

  private Batch read(long first, long last, BatchLimit limit) throws RocksDBException {
    List<Batch.Entry> entries = new ArrayList<>();
    CRC32C checksum = new CRC32C();
    long size = 0;
    try (Slice end = new Slice(bytes(last + 1));
        ReadOptions options = new ReadOptions().setIterateUpperBound(end);
        RocksIterator iterator = tables.db.newIterator(tables.records, options)) {
      for (iterator.seek(bytes(first));
          iterator.isValid() && entries.size() < limit.records() && size < limit.bytes();
          iterator.next()) {
        byte[] record = iterator.value();
        checksum.update(record);
        size += record.length;
        entries.add(new Batch.Entry(number(iterator.key(), 0), RecordCodec.decode(record)));
      }
      iterator.status();
    }
    long reached = entries.isEmpty() ? first - 1 : entries.getLast().offset();
    return new Batch(id, first, reached, checksum.getValue(), entries);
  }

  @Override
  public void confirm(Batch batch) {
    reading(
        () -> {
          Tally.Change change = delivered(batch);
          Map<String, Long> counts = tally.after(change);
          try (WriteBatch write = new WriteBatch()) {
            write.put(tables.meta, bytes(CURSOR), bytes(batch.last()));
            write.put(
                tables.confirmed,
                bytes(batch.last()),
                bytes(batch.first(), clock.millis(), batch.checksum()));
            putCounts(tables, write, counts);
            tables.db.write(tables.durable, write);
          }
          cursor = batch.last();
          tally.set(counts);
          return true;
        });
  }

  static Tally.Change delivered(Batch batch) {
    Tally.Change change = new Tally.Change();
    for (Batch.Entry entry : batch.entries()) {
      switch (entry.record()) {
        case LogRecord.Event event -> change.delivered(event.project());
        case LogRecord.ProfileChange profile -> {
          change.delivered(profile.project());
          change.applied(profile.project());
        }
        case LogRecord.Item item -> {
          change.delivered(item.project());
          change.applied(item.project());
        }
        case LogRecord.Quarantined aside -> {}
      }
    }
    return change;
  }

  @Override
  public void trim(Instant confirmedBefore) {
    reading(
        () -> {
          long last = 0;
          try (RocksIterator iterator = tables.db.newIterator(tables.confirmed)) {
            for (iterator.seekToFirst();
                iterator.isValid() && number(iterator.value(), 1) < confirmedBefore.toEpochMilli();
                iterator.next()) {
              last = number(iterator.key(), 0);
            }
            iterator.status();
          }
          if (last > 0) {
            try (WriteBatch write = new WriteBatch()) {
              write.deleteRange(tables.records, bytes(0), bytes(last + 1));
              write.deleteRange(tables.confirmed, bytes(0), bytes(last + 1));
              tables.db.write(tables.durable, write);
            }
            // The range is only marked; whole files of it can go at once.
            tables.db.deleteFilesInRanges(
                tables.records, List.of(bytes(0), bytes(last + 1)), false);
          }
          return true;
        });
  }

  @Override
  public LogCounts counts(ProjectId project) {
    return reading(() -> tally.of(project));
  }

  @Override
  public Optional<Instant> oldestWaiting() {
    return reading(
        () -> {
          byte @Nullable [] record = tables.db.get(tables.records, bytes(cursor + 1));
          return Optional.ofNullable(record).map(RecordCodec::receiveTime);
        });
  }

  @Override
  public boolean isWritable() {
    return writable.get() && !closed;
  }

  @Override
  public void close() {
    closed = true;
    try {
      writer.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    openness.writeLock().lock();
    try {
      tables.close();
    } finally {
      openness.writeLock().unlock();
    }
  }

  private interface Reading<T> {
    T run() throws RocksDBException;
  }

  /** Runs with the database open; a failed read or write of the relay is tried again by itself. */
  private <T> T reading(Reading<T> action) {
    openness.readLock().lock();
    try {
      return action.run();
    } catch (RocksDBException exception) {
      throw Failure.of(Reason.UNAVAILABLE, "The log does not answer", exception);
    } finally {
      openness.readLock().unlock();
    }
  }

  static void putCounts(RocksTables tables, WriteBatch write, Map<String, Long> counts)
      throws RocksDBException {
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      write.put(tables.counters, bytes(count.getKey()), bytes(count.getValue()));
    }
  }

  private static Tally loadTally(RocksTables tables) throws RocksDBException {
    Tally tally = new Tally();
    try (RocksIterator iterator = tables.db.newIterator(tables.counters)) {
      for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
        tally.set(
            Map.of(
                new String(iterator.key(), StandardCharsets.UTF_8), number(iterator.value(), 0)));
      }
      iterator.status();
    }
    return tally;
  }

  private static String loadId(RocksTables tables) throws RocksDBException {
    byte @Nullable [] known = tables.meta(ID);
    if (known != null) {
      return new String(known, StandardCharsets.UTF_8);
    }
    String created = UUID.randomUUID().toString();
    tables.db.put(tables.meta, tables.durable, bytes(ID), bytes(created));
    return created;
  }

  private static long loadNumber(RocksTables tables, String name) throws RocksDBException {
    byte @Nullable [] value = tables.meta(name);
    return value == null ? 0 : number(value, 0);
  }
}
