package io.tenure.collector.job;

import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.RelayHold;
import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one relay going as long as the service lives, in a thread of its own, so that no sink waits
 * for another. Whatever fails is tried again, at growing intervals, for ever: the log holds the
 * records meanwhile.
 */
final class RelayThread {

  private static final Logger LOG = LoggerFactory.getLogger(RelayThread.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** Requests that wait longer for the log go before deliveries. */
  private static final Duration LONG_WAIT = Duration.ofMillis(5);

  /** How long it stands back at a time. */
  private static final Duration STEP_BACK = Duration.ofMillis(100);

  private final Relay relay;
  private final RelayHold hold;
  private final Duration linger;
  private final Duration longestPause;
  private final Duration givesWay;
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * A thread that is not running yet.
   *
   * @param hold may stop deliveries for a while
   * @param linger how long a small batch waits to become a bigger one
   * @param longestPause longest interval between two attempts
   * @param givesWay age of a record from which on requests no longer go before deliveries
   */
  RelayThread(
      Relay relay, RelayHold hold, Duration linger, Duration longestPause, Duration givesWay) {
    this.relay = relay;
    this.hold = hold;
    this.linger = linger;
    this.longestPause = longestPause;
    this.givesWay = givesWay;
  }

  void start() {
    running = true;
    thread = Thread.ofPlatform().name("relay-" + relay.name()).start(this::run);
  }

  /** Asks it to end, and returns at once. */
  void interrupt() {
    running = false;
    if (thread != null) {
      thread.interrupt();
    }
  }

  void join(Duration patience) throws InterruptedException {
    if (thread != null) {
      thread.join(patience);
    }
  }

  private void run() {
    int failures = 0;
    while (running) {
      try {
        boolean more = hold.pass(relay::deliverNext);
        failures = 0;
        if (!more) {
          Thread.sleep(linger);
        }
        while (running && relay.givesWay(LONG_WAIT, givesWay)) {
          Thread.sleep(STEP_BACK);
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

  private void report(int failures, RuntimeException failure) {
    if (failure instanceof Failure known) {
      LOG.warn(
          "Delivery to {} failed ({} times in a row): {}", relay.name(), failures, known.text());
    } else {
      LOG.error("Delivery to {} met a defect ({} times in a row)", relay.name(), failures, failure);
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
