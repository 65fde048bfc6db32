package io.tenure.profile.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.retention.RetentionPolicies;
import io.tenure.profile.domain.retention.RetentionSweep;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Removes at night what is kept no longer. */
public class RetentionJob {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
  private static final String METER = "tenure.profile.retention.failures";

  private final RetentionSweep sweep;
  private final RetentionPolicies policies;
  private final MeterRegistry meters;
  private final AtomicBoolean running = new AtomicBoolean();

  /** A job of the given use case. */
  public RetentionJob(RetentionSweep sweep, RetentionPolicies policies, MeterRegistry meters) {
    this.sweep = sweep;
    this.policies = policies;
    this.meters = meters;
  }

  /** Begins a night. */
  @Scheduled(
      cron = "${tenure.profile.retention.cron:0 30 2 * * *}",
      zone = "${tenure.profile.retention.time-zone:Asia/Shanghai}")
  public void night() {
    inBackground(sweep::start);
  }

  /** Brings a night on that waits, or that a process left when it died. */
  @Scheduled(fixedDelayString = "${tenure.profile.retention.poll-interval:1m}")
  public void goOn() {
    inBackground(sweep::resume);
  }

  /** Reads changed policies, by which records are judged. */
  @Scheduled(fixedDelayString = "${tenure.profile.retention.refresh:1s}")
  public void refresh() {
    policies.refresh();
  }

  /** On a thread of its own: to rewrite tables takes long. */
  private void inBackground(Runnable work) {
    if (running.compareAndSet(false, true)) {
      Thread.ofVirtual().name("retention").start(() -> attempt(work));
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (Failure failure) {
      meters.counter(METER).increment();
      LOG.warn("Removing what is kept no longer stopped and will go on: {}", failure.text());
    } catch (RuntimeException defect) {
      meters.counter(METER).increment();
      LOG.error("Removing what is kept no longer failed and will be tried again", defect);
    } finally {
      running.set(false);
    }
  }
}
