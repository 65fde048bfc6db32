package io.tenure.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.collector.domain.intake.IntakeMetrics;
import io.tenure.collector.domain.intake.StepRun;
import io.tenure.collector.domain.log.Receipt;

/**
 * Counts records as they are taken. Received is not a counter of its own: it is the sum over the
 * outcomes, so the counters balance by construction.
 */
final class CollectorTelemetry implements IntakeMetrics {

  private final MeterRegistry meters;
  private final StepMeters steps;

  CollectorTelemetry(MeterRegistry meters) {
    this.meters = meters;
    this.steps = new StepMeters(meters);
  }

  @Override
  public void ran(StepRun run) {
    steps.add(run);
  }

  @Override
  public void taken(Receipt receipt) {
    count("accepted", "", receipt.accepted());
    count("duplicate", "", receipt.duplicate());
    receipt.quarantined().forEach((reason, n) -> count("quarantined", reason.name(), n));
    receipt.refused().forEach((reason, n) -> count("refused", reason.name(), n));
  }

  private void count(String outcome, String reason, int records) {
    if (records > 0) {
      Counter.builder(CollectorMeter.RECORDS.id())
          .description(CollectorMeter.RECORDS.description())
          .tag("outcome", outcome)
          .tag("reason", reason)
          .register(meters)
          .increment(records);
    }
  }
}
