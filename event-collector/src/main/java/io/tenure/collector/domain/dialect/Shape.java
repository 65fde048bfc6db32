package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.Verdict;

/**
 * The first step: from the sender's form to ours. Rejects what is too large, what could not be
 * parsed, and what its protocol doesn't know.
 */
public final class Shape {

  private final Limits limits;
  private final SensorsShape sensors = new SensorsShape();
  private final SegmentShape segment = new SegmentShape();
  private final NativeShape own = new NativeShape();

  /** Shapes records up to the given limits. */
  public Shape(Limits limits) {
    this.limits = limits;
  }

  /** Accepts with the record in our form. */
  public Verdict judge(Draft draft) {
    int size = draft.original().size();
    if (size > limits.keptBytes()) {
      return new Verdict.Refuse(RefuseReason.RECORD_FAR_TOO_LARGE);
    }
    if (draft.fault() != null) {
      return draft.fault();
    }
    if (size > limits.recordBytes()) {
      return new Verdict.Quarantine(
          QuarantineReason.RECORD_TOO_LARGE,
          "The record has " + size + " bytes; at most " + limits.recordBytes() + " are accepted");
    }
    try {
      return new Verdict.Accept(
          switch (draft.dialect()) {
            case SENSORS -> sensors.shape(draft);
            case SEGMENT -> segment.shape(draft);
            case NATIVE -> own.shape(draft);
          });
    } catch (Unacceptable unacceptable) {
      return unacceptable.verdict();
    }
  }
}
