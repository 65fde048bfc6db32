package io.tenure.platform.embedded.clickhouse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one storage directory: so many statements run at once, so many wait, and the next
 * one is refused with ClickHouse's own code rather than piling up. One more connection stands by to
 * stop statements.
 */
final class EnginePool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EnginePool.class);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final String CONTROL = "tenure-control";

  private final EngineLibrary library;
  private final EmbeddedClickHouseOptions options;
  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final ConcurrentLinkedDeque<EngineSession> idle = new ConcurrentLinkedDeque<>();
  private final ReentrantLock controlLock = new ReentrantLock();
  private final EngineConnection control;
  private boolean controlClosed;
  private volatile boolean closed;

  EnginePool(EngineLibrary library, EmbeddedClickHouseOptions options) {
    this.library = library;
    this.options = options;
    this.free = new Semaphore(options.connections(), true);
    this.control = open(CONTROL);
  }

  /** The engine's time zone, as {@code timezone()} gives it. */
  String timeZone() {
    controlLock.lock();
    try {
      return control.ask("SELECT timezone()");
    } finally {
      controlLock.unlock();
    }
  }

  /** A session for one statement; hand it back with {@link #release}. */
  EngineSession acquire() throws InterruptedException {
    if (!free.tryAcquire()) {
      awaitTurn();
    }
    if (closed) {
      free.release();
      throw new EngineException(ErrorCode.ABORTED, "The server is shutting down");
    }
    EngineSession session = idle.pollLast();
    if (session != null) {
      return session;
    }
    try {
      String label = "tenure-session-" + opened.incrementAndGet();
      return new EngineSession(label, open(label), options.settings());
    } catch (RuntimeException e) {
      free.release();
      throw e;
    }
  }

  /** Takes a session back, or closes it when it may carry something over to the next statement. */
  void release(EngineSession session, boolean reusable) {
    if (reusable && session.isReusable()) {
      idle.addLast(session);
    } else {
      session.close();
    }
    free.release();
  }

  /** Asks the engine to stop what the session is running; returns at once. */
  void kill(EngineSession session) {
    kill("Settings['log_comment'] = '" + session.label() + "'");
  }

  @Override
  public void close() {
    closed = true;
    try {
      boolean drained = free.tryAcquire(options.connections(), 1, TimeUnit.SECONDS);
      if (!drained) {
        kill("Settings['log_comment'] LIKE 'tenure-session-%'");
        drained = free.tryAcquire(options.connections(), DRAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
      if (!drained) {
        LOG.warn(
            "Some statements were still running {} s after they were stopped", DRAIN.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (EngineSession session = idle.poll(); session != null; session = idle.poll()) {
      session.close();
    }
    closeControl();
  }

  /** After this nobody reaches the connection's memory any more. */
  private void closeControl() {
    controlLock.lock();
    try {
      if (!controlClosed) {
        controlClosed = true;
        control.close();
      }
    } finally {
      controlLock.unlock();
    }
  }

  private void awaitTurn() throws InterruptedException {
    if (waiting.incrementAndGet() > options.queueLimit()) {
      waiting.decrementAndGet();
      throw tooMany();
    }
    try {
      if (!free.tryAcquire(options.queueTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw tooMany();
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  private EngineException tooMany() {
    return new EngineException(
        ErrorCode.TOO_MANY_SIMULTANEOUS_QUERIES,
        "Too many simultaneous queries. Running: %d, waiting: %d"
            .formatted(options.connections(), options.queueLimit()));
  }

  private void kill(String which) {
    controlLock.lock();
    try {
      if (controlClosed) {
        return;
      }
      control.ask("KILL QUERY WHERE " + which + " ASYNC");
    } catch (EngineException e) {
      LOG.debug("A statement could not be stopped: {}", e.text());
    } finally {
      controlLock.unlock();
    }
  }

  private EngineConnection open(String label) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--path=" + options.path());
    for (Map.Entry<String, String> setting : options.settings().entrySet()) {
      arguments.add("--" + setting.getKey() + "=" + setting.getValue());
    }
    arguments.add("--log_comment=" + label);
    return library.open(arguments);
  }
}
