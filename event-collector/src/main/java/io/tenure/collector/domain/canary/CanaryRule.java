package io.tenure.collector.domain.canary;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.intake.Step;
import io.tenure.collector.domain.intake.StepName;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;

/**
 * Keeps the canary's project for the canary, whatever a key may write to: what is seen there was
 * sent by a collector, and arrived.
 */
public final class CanaryRule implements Step {

  private final CanarySeal seal;

  /** Knows canaries by a seal. */
  public CanaryRule(CanarySeal seal) {
    this.seal = seal;
  }

  @Override
  public StepName name() {
    return StepName.RESERVED;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    if (!record.project().equals(CanaryEvent.PROJECT) || isCanary(record)) {
      return new Verdict.Accept(record);
    }
    return new Verdict.Quarantine(
        QuarantineReason.PROJECT_RESERVED,
        "The project is reserved for the events the platform sends to itself");
  }

  private boolean isCanary(LogRecord.Accepted record) {
    return record instanceof LogRecord.Event event
        && event.name().equals(CanaryEvent.NAME)
        && event.source().identity().anonymousId().equals(CanaryEvent.DEVICE)
        && event.source().identity().loginId().isEmpty()
        && seal.made(event.source().eventId().value());
  }
}
