package io.tenure.collector.job;

import io.tenure.collector.domain.ledger.Reconciler;
import io.tenure.collector.domain.ledger.Reconciliation.Mismatch;
import io.tenure.platform.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Compares the log with the event store, over and over. */
public final class ReconcilerJob {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcilerJob.class);

  private final Reconciler reconciler;

  /** Runs a reconciler. */
  public ReconcilerJob(Reconciler reconciler) {
    this.reconciler = reconciler;
  }

  @Scheduled(
      initialDelayString = "${tenure.collector.reconcile-interval:1m}",
      fixedDelayString = "${tenure.collector.reconcile-interval:1m}")
  void check() {
    try {
      for (Mismatch mismatch : reconciler.check()) {
        LOG.warn(
            "The event store does not hold what was delivered: offsets {} to {}, {} events"
                + " delivered, {} found",
            mismatch.range().first(),
            mismatch.range().last(),
            mismatch.range().events(),
            mismatch.found().events());
      }
    } catch (Failure away) {
      LOG.debug("Nothing was compared: {}", away.text());
    }
  }
}
