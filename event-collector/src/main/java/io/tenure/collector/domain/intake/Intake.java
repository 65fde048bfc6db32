package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where a record is accepted or rejected: its shape, then one step after another, then the log,
 * which finds what was sent before. When {@link #take} returns, everything is on disk.
 */
public final class Intake {

  private final Shape shape;
  private final List<Step> steps;
  private final EventLog log;
  private final IntakeMetrics metrics;

  /**
   * An intake.
   *
   * @param steps run in this order; the first rejection counts
   */
  public Intake(Shape shape, List<Step> steps, EventLog log, IntakeMetrics metrics) {
    this.shape = shape;
    this.steps = List.copyOf(steps);
    this.log = log;
    this.metrics = metrics;
  }

  /**
   * Judges the records of one request and writes them down, all or nothing.
   *
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE when the log can't take them; the sender
   *     must try again
   */
  public Receipt take(ProjectId project, List<Draft> drafts) {
    return write(submission(project, drafts, drafts.stream().map(this::judge).toList()));
  }

  /**
   * Like {@link #take}, for a sender who wants to know about each record.
   *
   * @return what became of the records, in their order
   */
  public List<Outcome> takeEach(ProjectId project, List<Draft> drafts) {
    List<Verdict> verdicts = drafts.stream().map(this::judge).toList();
    Receipt receipt = write(submission(project, drafts, verdicts));
    List<Outcome> outcomes = new ArrayList<>(drafts.size());
    int position = 0;
    for (Verdict verdict : verdicts) {
      outcomes.add(
          switch (verdict) {
            case Verdict.Refuse refuse -> new Outcome.Refused(refuse.reason());
            case Verdict.Accept accept ->
                receipt.repeated().contains(position++)
                    ? new Outcome.Duplicate()
                    : new Outcome.Accepted();
            // The sender hears the reason each time, though the record is kept once.
            case Verdict.Quarantine quarantine -> {
              position++;
              yield new Outcome.Quarantined(quarantine.reason(), quarantine.detail());
            }
          });
    }
    return outcomes;
  }

  /** Counts a body that was not read to its end. */
  public Receipt refuse(ProjectId project, RefuseReason reason) {
    return write(new Submission(project, List.of(), Map.of(reason, 1)));
  }

  /** The verdict about one record, before the log looks for duplicates. */
  Verdict judge(Draft draft) {
    Verdict verdict = shape.judge(draft);
    for (Step step : steps) {
      if (!(verdict instanceof Verdict.Accept accept)) {
        return verdict;
      }
      verdict = step.judge(draft, accept.accepted());
    }
    return verdict;
  }

  private static Submission submission(
      ProjectId project, List<Draft> drafts, List<Verdict> verdicts) {
    List<LogRecord> kept = new ArrayList<>(drafts.size());
    Map<RefuseReason, Integer> refused = new EnumMap<>(RefuseReason.class);
    for (int i = 0; i < drafts.size(); i++) {
      switch (verdicts.get(i)) {
        case Verdict.Accept accept -> kept.add(accept.accepted());
        case Verdict.Quarantine quarantine -> kept.add(aside(drafts.get(i), quarantine));
        case Verdict.Refuse refuse -> refused.merge(refuse.reason(), 1, Integer::sum);
      }
    }
    return new Submission(project, kept, refused);
  }

  private Receipt write(Submission submission) {
    Receipt receipt = log.append(submission);
    metrics.taken(receipt);
    return receipt;
  }

  private static LogRecord aside(Draft draft, Verdict.Quarantine quarantine) {
    return new LogRecord.Quarantined(
        draft.project(),
        draft.receiveTime(),
        draft.dialect(),
        quarantine.reason(),
        quarantine.detail(),
        draft.original().bytes(),
        draft.context());
  }
}
