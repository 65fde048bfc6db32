package io.tenure.profile.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.erasure.Eraser;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Brings open erasures on. */
public class ErasureJob {

  private static final Logger LOG = LoggerFactory.getLogger(ErasureJob.class);
  private static final String METER = "tenure.profile.erasures";

  private final Eraser eraser;
  private final MeterRegistry meters;
  private final AtomicBoolean running = new AtomicBoolean();

  /** A job of the given use case. */
  public ErasureJob(Eraser eraser, MeterRegistry meters) {
    this.eraser = eraser;
    this.meters = meters;
  }

  /** Runs on a thread of its own: to rewrite tables takes long. */
  @Scheduled(fixedDelayString = "${tenure.profile.erasure.poll-interval:5s}")
  public void run() {
    if (running.compareAndSet(false, true)) {
      Thread.ofVirtual().name("erasures").start(this::goOn);
    }
  }

  private void goOn() {
    try {
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
