package io.tenure.profile.job;

import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.rebuild.Rebuilding;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Looks whether the hot store started anew, and fills it. */
public class RebuildJob {

  private static final Logger LOG = LoggerFactory.getLogger(RebuildJob.class);

  private final Rebuilding rebuilding;
  private final AtomicBoolean running = new AtomicBoolean();

  /** A job of the given use case. */
  public RebuildJob(Rebuilding rebuilding) {
    this.rebuilding = rebuilding;
  }

  /** On a thread of its own: a large project takes minutes. */
  @Scheduled(fixedDelayString = "${tenure.profile.rebuild-interval:5s}")
  public void run() {
    if (running.compareAndSet(false, true)) {
      Thread.ofVirtual().name("rebuild").start(this::rebuild);
    }
  }

  private void rebuild() {
    try {
      long written = rebuilding.run();
      if (written > 0) {
        LOG.info("Put {} profiles back into the hot store", written);
      }
    } catch (Failure failure) {
      LOG.warn("The hot store was not filled and will be: {}", failure.text());
    } catch (RuntimeException defect) {
      LOG.error("The hot store can't be filled", defect);
    } finally {
      running.set(false);
    }
  }
}
