package io.tenure.collector.job;

import io.tenure.collector.domain.canary.Canary;
import io.tenure.collector.domain.canary.CanaryRun;
import io.tenure.collector.domain.canary.CanaryRun.Result;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends a canary at every interval. A thread of its own, because waiting for one may take long and
 * must not keep other clockwork from running.
 */
public final class CanaryThread implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(CanaryThread.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Canary canary;
  private final Duration interval;
  private @Nullable Thread thread;

  /**
   * A thread that is not running yet.
   *
   * @param interval between the end of one and the next; zero for none at all
   */
  public CanaryThread(Canary canary, Duration interval) {
    this.canary = canary;
    this.interval = interval;
  }

  @Override
  public synchronized void start() {
    if (interval.isPositive()) {
      thread = Thread.ofVirtual().name("canary").start(this::run);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(interval);
        runOnce();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      CanaryRun run = canary.run();
      if (run.result() != Result.FOUND) {
        LOG.warn("The canary failed, {}: {}", run.result(), run.trouble());
      }
    } catch (RuntimeException defect) {
      LOG.error("The canary failed unexpectedly", defect);
    }
  }

  @Override
  public synchronized void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
      try {
        running.join(PATIENCE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
