package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.log.Receipt;

/** Counts what the intake did; received = accepted + duplicate + quarantined + refused. */
public interface IntakeMetrics {

  /** Adds the outcome of one request. */
  void taken(Receipt receipt);

  /** Adds what one step did to one request. */
  default void ran(StepRun run) {}
}
