package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.record.Verdict.Accept;
import io.tenure.collector.domain.record.Verdict.Quarantine;
import java.time.Duration;
import java.time.Instant;

/**
 * How far from now an event may lie. A Sensors record with {@code time_free} may be as old as it
 * likes, but no record may lie outside of what the event store can hold.
 */
public final class TimeWindow implements Step {

  private static final Instant STORE_BEGIN = Instant.EPOCH;

  private final Duration past;
  private final Duration future;

  /** Accepts times from {@code past} ago to {@code future} ahead. */
  public TimeWindow(Duration past, Duration future) {
    this.past = past;
    this.future = future;
  }

  @Override
  public StepName name() {
    return StepName.TIME;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    Instant time = record.source().eventTime();
    if (time.isAfter(draft.receiveTime().plus(future))) {
      return new Quarantine(QuarantineReason.TIME_IN_FUTURE, "The time is in the future");
    }
    boolean free = draft.hasFreeTime();
    Instant oldest = free ? STORE_BEGIN : draft.receiveTime().minus(past);
    if (time.isBefore(oldest) || time.isBefore(STORE_BEGIN)) {
      return new Quarantine(QuarantineReason.TIME_TOO_OLD, "The time is before " + oldest);
    }
    return new Accept(record);
  }
}
