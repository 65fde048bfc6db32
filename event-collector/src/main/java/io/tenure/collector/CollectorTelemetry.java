package io.tenure.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.tenure.collector.domain.intake.IntakeMetrics;
import io.tenure.collector.domain.intake.StepRun;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.relay.Relay;
import java.util.concurrent.TimeUnit;

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

  /** Shows how far a sink is behind. */
  static void watch(Relay relay, MeterRegistry meters) {
    TimeGauge.builder(
            CollectorMeter.RELAY_LAG.id(),
            () -> relay.lag().age().toMillis(),
            TimeUnit.MILLISECONDS)
        .description(CollectorMeter.RELAY_LAG.description())
        .tag("sink", relay.name())
        .register(meters);
    Gauge.builder(CollectorMeter.RELAY_WAITING.id(), () -> relay.lag().records())
        .description(CollectorMeter.RELAY_WAITING.description())
        .tag("sink", relay.name())
        .register(meters);
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
