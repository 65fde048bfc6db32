package io.tenure.profile.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.computed.Computation;
import io.tenure.profile.domain.computed.ComputedTraits;
import io.tenure.profile.domain.computed.TraitComputer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Starts the computations that are due, and runs those that wait. */
@Component
public final class ComputationJob {

  private static final Logger LOG = LoggerFactory.getLogger(ComputationJob.class);
  private static final String METER = "tenure.profile.computations";

  private final ComputedTraits traits;
  private final TraitComputer computer;
  private final MeterRegistry meters;
  private final AtomicBoolean running = new AtomicBoolean();

  /** A job of the given use cases. */
  public ComputationJob(ComputedTraits traits, TraitComputer computer, MeterRegistry meters) {
    this.traits = traits;
    this.computer = computer;
    this.meters = meters;
  }

  /** Starts what is due. */
  @Scheduled(fixedDelayString = "${tenure.profile.computation-due-interval:1m}")
  public void startDue() {
    try {
      traits.startDue();
    } catch (Failure failure) {
      LOG.warn("Due computations were not started: {}", failure.text(), failure);
    }
  }

  /**
   * Runs what waits, on a thread of its own: one computation may take minutes, and the scheduler
   * has other things to do meanwhile.
   */
  @Scheduled(fixedDelayString = "${tenure.profile.computation-poll-interval:5s}")
  public void run() {
    if (running.compareAndSet(false, true)) {
      Thread.ofVirtual().name("computations").start(this::runWaiting);
    }
  }

  private void runWaiting() {
    try {
      for (Computation ended : computer.run()) {
        String outcome = ended.state().name().toLowerCase(Locale.ROOT);
        meters.counter(METER, "outcome", outcome).increment();
      }
    } catch (Failure failure) {
      LOG.warn("Computations stopped and will go on: {}", failure.text(), failure);
    } catch (RuntimeException defect) {
      LOG.error("A computation failed", defect);
    } finally {
      running.set(false);
    }
  }
}
