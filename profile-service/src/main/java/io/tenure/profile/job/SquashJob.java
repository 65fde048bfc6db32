package io.tenure.profile.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.squash.Squash;
import io.tenure.profile.domain.squash.Squasher;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Starts squashes at night, and brings those that were started on. */
public class SquashJob {

  private static final Logger LOG = LoggerFactory.getLogger(SquashJob.class);
  private static final String SQUASHES = "tenure.profile.squashes";
  private static final String ROWS = "tenure.profile.squash.rows";

  private final Squasher squasher;
  private final MeterRegistry meters;
  private final AtomicBoolean running = new AtomicBoolean();

  /** A job of the given use case. */
  public SquashJob(Squasher squasher, MeterRegistry meters) {
    this.squasher = squasher;
    this.meters = meters;
  }

  /** Starts what is due; "-" as the time switches it off. */
  @Scheduled(cron = "${tenure.profile.squash.cron:0 30 3 * * *}")
  public void startDue() {
    try {
      squasher.startDue();
    } catch (Failure failure) {
      LOG.warn("Squashes were not started and will be the next night: {}", failure.text());
    }
  }

  /** Runs on a thread of its own: to rewrite partitions takes long. */
  @Scheduled(fixedDelayString = "${tenure.profile.squash.poll-interval:5s}")
  public void run() {
    if (running.compareAndSet(false, true)) {
      Thread.ofVirtual().name("squashes").start(this::goOn);
    }
  }

  private void goOn() {
    try {
      for (Squash ended : squasher.run()) {
        String outcome = ended.state().name().toLowerCase(Locale.ROOT);
        meters.counter(SQUASHES, "outcome", outcome).increment();
        meters.counter(ROWS).increment(ended.rowsMoved());
      }
    } catch (Failure failure) {
      LOG.warn("Squashes stopped and will go on: {}", failure.text());
    } catch (RuntimeException defect) {
      LOG.error("A squash failed and will be tried again", defect);
    } finally {
      running.set(false);
    }
  }
}
