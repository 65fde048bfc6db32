package io.tenure.collector.store.log;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes a log. It takes all operations that wait and writes them as one, so
 * that many requests share one flush. After a failed write nothing is tried again on the open log:
 * the operations fail, the log is closed, opened and thereby verified, and only then more is taken.
 */
final class LogWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
  private static final int GROUP_OPERATIONS = 2048;
  private static final long GROUP_BYTES = 8L << 20;
  private static final Duration REOPEN_PAUSE = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final long LONGEST_LOOK_MILLIS = 250;
  private static final long LATELY_NANOS = 200_000_000;

  /** How long somebody had waited at a time. */
  private record Pressure(Duration waited, long time) {}

  /** Opens a log, and verifies it thereby. */
  @FunctionalInterface
  interface Opener {
    OpenLog open() throws Exception;
  }

  /** Reads an open log. */
  @FunctionalInterface
  interface Reading<T> {
    T read(OpenLog log) throws RocksDBException;
  }

  private record Pending<T>(Operation<T> operation, long since, CompletableFuture<T> done) {

    /** Takes its part in a write; whoever waits hears of it only when that is written. */
    void prepare(OpenLog log, LogWrite write) throws RocksDBException {
      T result = operation.prepare(log, write);
      write.afterwards(() -> done.complete(result));
    }

    void fail(Throwable cause) {
      done.completeExceptionally(cause);
    }

    long waited() {
      return System.nanoTime() - since;
    }
  }

  private final Opener opener;
  private final DiskReserve reserve;
  private final Clock clock;
  private final Duration patience;
  private final BlockingQueue<Pending<?>> queue;
  private final ReadWriteLock openness = new ReentrantReadWriteLock();
  private final Thread thread;
  private final Thread watch;
  private @Nullable OpenLog log;
  private volatile List<Pending<?>> writing = List.of();
  private volatile Pressure pressure = new Pressure(Duration.ZERO, System.nanoTime());
  private volatile @Nullable String trouble;
  private volatile boolean damaged;
  private volatile boolean closed;

  /**
   * A writer that opens the log by itself.
   *
   * @param first the log when it is open already
   * @param whyClosed what to say until it is open
   * @param queue most operations waiting to be written
   * @param patience how long an operation waits to be written
   */
  LogWriter(
      Opener opener,
      @Nullable OpenLog first,
      String whyClosed,
      DiskReserve reserve,
      Clock clock,
      int queue,
      Duration patience) {
    this.opener = opener;
    this.log = first;
    this.reserve = reserve;
    this.clock = clock;
    this.patience = patience;
    this.queue = new ArrayBlockingQueue<>(queue);
    this.trouble = first == null ? whyClosed : null;
    this.thread = Thread.ofPlatform().name("event-log").daemon().start(this::run);
    this.watch = Thread.ofVirtual().name("event-log-patience").start(this::failLate);
  }

  /** Why nothing is taken; empty when all is well. */
  Optional<String> trouble() {
    if (closed) {
      return Optional.of("The log is closed");
    }
    if (damaged) {
      return Optional.of("The log is damaged and takes no records until it is repaired");
    }
    return Optional.ofNullable(trouble)
        .or(() -> reserve.isKept() ? Optional.empty() : Optional.of("The disk is nearly full"));
  }

  /**
   * Has an operation written.
   *
   * @throws Failure UNAVAILABLE when nobody knows whether it was
   */
  <T> T write(Operation<T> operation) {
    Pending<T> pending = new Pending<>(operation, System.nanoTime(), new CompletableFuture<>());
    if (operation.takesRoom()) {
      trouble()
          .ifPresent(
              why -> {
                throw Failure.unavailable(why, RETRY);
              });
    }
    if (closed || !queue.offer(pending)) {
      throw Failure.unavailable("The log takes no records at the moment", RETRY);
    }
    try {
      return pending.done().get();
    } catch (ExecutionException exception) {
      if (exception.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException(exception.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.unavailable("The log is closing", RETRY);
    }
  }

  /** How long those that were just written had waited; none when that is long ago. */
  Duration pressure() {
    Pressure last = pressure;
    return System.nanoTime() - last.time() < LATELY_NANOS ? last.waited() : Duration.ZERO;
  }

  /** Reads the log; it stays open meanwhile. */
  <T> T read(Reading<T> reading) {
    openness.readLock().lock();
    try {
      if (log == null) {
        throw Failure.unavailable(trouble().orElse("The log is not open"), RETRY);
      }
      return reading.read(log);
    } catch (RocksDBException exception) {
      noteDamage(exception);
      throw Failure.of(Reason.UNAVAILABLE, "The log does not answer", exception);
    } finally {
      openness.readLock().unlock();
    }
  }

  private void noteDamage(Exception exception) {
    if (Damage.is(exception) && !damaged) {
      damaged = true;
      LOG.error("The log is damaged: it takes no more records, and removes none", exception);
    }
  }

  private void run() {
    while (!closed || !queue.isEmpty()) {
      try {
        if (log == null && !reopen()) {
          continue;
        }
        @Nullable Pending<?> first = queue.poll(200, TimeUnit.MILLISECONDS);
        reserve.check();
        if (first != null) {
          write(group(first));
        }
        forgetOld();
      } catch (InterruptedException closing) {
        return;
      } catch (RuntimeException defect) {
        LOG.error("The log's thread met a defect", defect);
      }
    }
  }

  /**
   * Ends the patience of all who wait, in one thread: a timer for each of them would cost more than
   * the wait.
   */
  private void failLate() {
    try {
      while (thread.isAlive()) {
        Thread.sleep(Math.clamp(patience.toMillis() / 8, 1, LONGEST_LOOK_MILLIS));
        failLate(queue);
        failLate(writing);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void failLate(Collection<Pending<?>> waiting) {
    for (Pending<?> pending : waiting) {
      if (pending.waited() > patience.toNanos() && !pending.done().isDone()) {
        pending.fail(Failure.unavailable("The log is too slow at the moment", RETRY));
      }
    }
  }

  private List<Pending<?>> group(Pending<?> first) {
    List<Pending<?>> group = new ArrayList<>();
    long bytes = 0;
    for (@Nullable Pending<?> next = first; next != null; next = queue.poll()) {
      if (next.done().isDone()) {
        continue;
      }
      if (next.operation().takesRoom() && trouble().isPresent()) {
        next.fail(Failure.unavailable(trouble().orElse("The log takes no records"), RETRY));
        continue;
      }
      group.add(next);
      bytes += next.operation().bytes();
      if (group.size() == GROUP_OPERATIONS || bytes >= GROUP_BYTES) {
        break;
      }
    }
    return group;
  }

  private void write(List<Pending<?>> group) {
    @Nullable OpenLog open = log;
    if (open == null || group.isEmpty()) {
      return;
    }
    writing = group;
    pressure = new Pressure(Duration.ofNanos(group.getFirst().waited()), System.nanoTime());
    try {
      long now = clock.millis();
      List<byte[]> asked = new ArrayList<>();
      group.forEach(pending -> asked.addAll(pending.operation().fingerprints()));
      LogWrite write = new LogWrite(now, open.lastOffset(), open.seen.known(asked, now));
      for (Pending<?> pending : group) {
        pending.prepare(open, write);
      }
      open.write(write);
      write.written();
    } catch (RocksDBException | RuntimeException exception) {
      Failure failure = Failure.unavailable("The log could not write", RETRY, exception);
      group.forEach(pending -> pending.fail(failure));
      abandon(exception);
    } finally {
      writing = List.of();
    }
  }

  private void forgetOld() {
    @Nullable OpenLog open = log;
    if (open == null || damaged) {
      return;
    }
    try {
      open.seen.dropOld(clock.millis());
    } catch (RocksDBException exception) {
      abandon(exception);
    }
  }

  /** Closes what can no longer be trusted. */
  private void abandon(Exception cause) {
    LOG.error("The log failed; it is opened anew", cause);
    trouble = "The log is being opened again after a failed write";
    noteDamage(cause);
    openness.writeLock().lock();
    try {
      if (log != null) {
        log.close();
        log = null;
      }
    } finally {
      openness.writeLock().unlock();
    }
  }

  private boolean reopen() throws InterruptedException {
    try {
      take(opener.open());
      return true;
    } catch (Exception exception) {
      LOG.error("The log can't be opened", exception);
      trouble = Damage.is(exception) ? Damage.ON_OPENING : "The log can't be opened";
    }
    failWaiting();
    Thread.sleep(REOPEN_PAUSE);
    return false;
  }

  private void take(OpenLog opened) {
    openness.writeLock().lock();
    try {
      log = opened;
      trouble = null;
    } finally {
      openness.writeLock().unlock();
    }
  }

  private void failWaiting() {
    Failure failure = Failure.unavailable(trouble().orElse("The log is not open"), RETRY);
    for (@Nullable Pending<?> next = queue.poll(); next != null; next = queue.poll()) {
      next.fail(failure);
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    openness.writeLock().lock();
    try {
      if (log != null) {
        log.close();
        log = null;
      }
    } finally {
      openness.writeLock().unlock();
    }
    failWaiting();
  }
}
