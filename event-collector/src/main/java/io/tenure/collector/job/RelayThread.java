package io.tenure.collector.job;

import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the relay going as long as the service lives. Whatever fails is tried again, at growing
 * intervals, for ever: the log holds the records meanwhile.
 */
public final class RelayThread implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RelayThread.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration TRIM_INTERVAL = Duration.ofMinutes(1);

  private final Relay relay;
  private final EventStore store;
  private final Duration linger;
  private final Duration longestPause;
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * A thread that is not running yet.
   *
   * @param linger how long a small batch waits to become a bigger one
   * @param longestPause longest interval between two attempts
   */
  public RelayThread(Relay relay, EventStore store, Duration linger, Duration longestPause) {
    this.relay = relay;
    this.store = store;
    this.linger = linger;
    this.longestPause = longestPause;
  }

  @Override
  public synchronized void start() {
    running = true;
    thread = Thread.ofPlatform().name("relay").start(this::run);
  }

  @Override
  public synchronized void stop() {
    running = false;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(Duration.ofSeconds(15));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    boolean prepared = false;
    long trimmed = System.nanoTime();
    int failures = 0;
    while (running) {
      try {
        if (!prepared) {
          store.prepare();
          prepared = true;
        }
        boolean more = relay.deliverNext();
        failures = 0;
        if (System.nanoTime() - trimmed > TRIM_INTERVAL.toNanos()) {
          relay.trim();
          trimmed = System.nanoTime();
        }
        if (!more) {
          Thread.sleep(linger);
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException failure) {
        if (running) {
          failures++;
          report(failures, failure);
          pause(failures);
        }
      }
    }
  }

  private static void report(int failures, RuntimeException failure) {
    if (failure instanceof Failure known) {
      LOG.warn("Delivery failed ({} times in a row): {}", failures, known.text());
    } else {
      LOG.error("Delivery met a defect ({} times in a row)", failures, failure);
    }
  }

  /**
   * Doubles up to the longest pause; half of it is random, so that services don't march in step.
   */
  private void pause(int failures) {
    long full =
        Math.min(longestPause.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures - 1, 16));
    try {
      Thread.sleep(
          Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1)));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
