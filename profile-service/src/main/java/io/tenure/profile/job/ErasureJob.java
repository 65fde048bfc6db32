package io.tenure.profile.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.erasure.Eraser;
import io.tenure.profile.domain.erasure.Reapplying;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Brings open erasures on; at its start also those that a restore undid. */
public class ErasureJob {

  private static final Logger LOG = LoggerFactory.getLogger(ErasureJob.class);
  private static final String METER = "tenure.profile.erasures";

  /** How often a pause asks whether it can begin. */
  private static final Duration STEP = Duration.ofMillis(50);

  private final Eraser eraser;
  private final Reapplying reapplying;
  private final MeterRegistry meters;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean compared;

  /** A job of the given use cases. */
  public ErasureJob(Eraser eraser, Reapplying reapplying, MeterRegistry meters) {
    this.eraser = eraser;
    this.reapplying = reapplying;
    this.meters = meters;
  }

  /** Runs on a thread of its own: to rewrite tables takes long. */
  @Scheduled(fixedDelayString = "${tenure.profile.erasure.poll-interval:5s}")
  public void run() {
    if (running.compareAndSet(false, true)) {
      Thread.ofVirtual().name("erasures").start(this::goOn);
    }
  }

  /** Nobody is erased until it is closed. */
  public interface Pause extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for what is under way, and begins nothing until it is closed: for backups. */
  public Pause pause() throws InterruptedException {
    while (!running.compareAndSet(false, true)) {
      Thread.sleep(STEP);
    }
    return () -> running.set(false);
  }

  private void goOn() {
    try {
      if (!compared) {
        int back = reapplying.run();
        compared = true;
        if (back > 0) {
          LOG.warn("{} erased people are in the stores again and are erased anew", back);
        }
      }
      int done = eraser.run().size();
      meters.counter(METER).increment(done);
    } catch (Failure failure) {
      LOG.warn("Erasures stopped and will go on: {}", failure.text());
    } catch (RuntimeException defect) {
      LOG.error("An erasure failed and will be tried again", defect);
    } finally {
      running.set(false);
    }
  }
}
