package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.Verdict;

/**
 * One step of the intake: lets a record pass, changed or not, or says why not. Steps see the draft
 * too, for what the normal form no longer shows.
 */
public interface Step {

  /** What it is called. */
  StepName name();

  /** The same step for the records of one request, for one that remembers what they share. */
  default Step forRequest() {
    return this;
  }

  /** The verdict of this step alone. */
  Verdict judge(Draft draft, LogRecord.Accepted record);

  /** The verdict when nothing may come of it, for a step that learns from what it judges. */
  default Verdict explain(Draft draft, LogRecord.Accepted record) {
    return judge(draft, record);
  }
}
