package io.tenure.collector.domain.consent;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.intake.Step;
import io.tenure.collector.domain.intake.StepName;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.Verdict;

/**
 * A step for everything but decisions about consent: a tracking plan or a wrong clock must not keep
 * a person from withdrawing.
 */
public record ExceptDecisions(Step step) implements Step {

  @Override
  public StepName name() {
    return step.name();
  }

  @Override
  public Step forRequest() {
    return new ExceptDecisions(step.forRequest());
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    return Statement.isDecision(record) ? new Verdict.Accept(record) : step.judge(draft, record);
  }

  @Override
  public Verdict explain(Draft draft, LogRecord.Accepted record) {
    return Statement.isDecision(record) ? new Verdict.Accept(record) : step.explain(draft, record);
  }
}
