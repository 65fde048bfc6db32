package io.tenure.collector.job;

import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.RelayHold;
import io.tenure.collector.domain.relay.Retention;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs a thread for each sink, and once a minute removes what all of them have taken. */
public final class RelayThreads implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RelayThreads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<RelayThread> threads;
  private final Retention retention;
  private @Nullable ScheduledExecutorService trimmer;

  /**
   * Threads that are not running yet.
   *
   * @param hold may stop deliveries for a while
   * @param linger how long a small batch waits to become a bigger one
   * @param longestPause longest interval between two attempts
   * @param givesWay age of a record from which on requests no longer go before deliveries
   */
  public RelayThreads(
      List<Relay> relays,
      RelayHold hold,
      Retention retention,
      Duration linger,
      Duration longestPause,
      Duration givesWay) {
    this.threads =
        relays.stream()
            .map(relay -> new RelayThread(relay, hold, linger, longestPause, givesWay))
            .toList();
    this.retention = retention;
  }

  @Override
  public synchronized void start() {
    threads.forEach(RelayThread::start);
    trimmer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention").daemon().factory());
    trimmer.scheduleWithFixedDelay(this::trim, 1, 1, TimeUnit.MINUTES);
  }

  private void trim() {
    try {
      retention.trim();
    } catch (RuntimeException failure) {
      LOG.warn("The log was not trimmed; it is tried again in a minute", failure);
    }
  }

  @Override
  public synchronized void stop() {
    if (trimmer != null) {
      trimmer.shutdownNow();
      trimmer = null;
    }
    threads.forEach(RelayThread::interrupt);
    try {
      for (RelayThread thread : threads) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return trimmer != null;
  }
}
