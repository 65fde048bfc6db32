package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.SharedOnce;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one request on their way through the steps. */
final class Trials {

  private static final int RESULTS = StepOutcome.Result.values().length;

  private final List<Trial> trials;

  Trials(List<Draft> drafts, boolean watched) {
    this.trials = drafts.stream().map(draft -> new Trial(draft, watched)).toList();
  }

  /** What a step says about a record; null when it has no form yet and may go on. */
  interface Judge {
    @Nullable Verdict of(Trial trial);
  }

  List<Trial> all() {
    return trials;
  }

  /** Takes all records that still go on through one step. */
  StepRun run(StepName step, Judge judge) {
    long begin = System.nanoTime();
    int[] counts = new int[RESULTS];
    for (Trial trial : trials) {
      if (trial.goesOn()) {
        counts[trial.settle(step, judge.of(trial)).ordinal()]++;
      }
    }
    return new StepRun(
        step,
        counts[StepOutcome.Result.PASSED.ordinal()],
        counts[StepOutcome.Result.CHANGED.ordinal()],
        counts[StepOutcome.Result.QUARANTINED.ordinal()],
        counts[StepOutcome.Result.REFUSED.ordinal()],
        Duration.ofNanos(System.nanoTime() - begin));
  }

  /** What is bad and of somebody who does not agree is not kept aside either. */
  void forgetAsideOf(Objecting objecting) {
    for (Trial trial : trials) {
      if (trial.verdict() instanceof Verdict.Quarantine && objecting.isSomebody(trial.draft())) {
        trial.settle(StepName.CONSENT, new Verdict.Refuse(RefuseReason.CONSENT_WITHDRAWN));
      }
    }
  }

  /** What goes into the log. */
  Submission submission(ProjectId project) {
    List<LogRecord> kept = new ArrayList<>(trials.size());
    Map<RefuseReason, Integer> refused = new EnumMap<>(RefuseReason.class);
    SharedOnce once = new SharedOnce();
    for (Trial trial : trials) {
      switch (trial.lastWord()) {
        case Verdict.Accept accept -> kept.add(accept.accepted());
        case Verdict.Quarantine quarantine -> kept.add(trial.draft().aside(quarantine, once));
        case Verdict.Refuse refuse -> refused.merge(refuse.reason(), 1, Integer::sum);
      }
    }
    return new Submission(project, kept, refused);
  }

  /** What became of the records, in their order. */
  List<Outcome> outcomes(Receipt receipt) {
    List<Outcome> outcomes = new ArrayList<>(trials.size());
    int position = 0;
    for (Trial trial : trials) {
      outcomes.add(
          switch (trial.lastWord()) {
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
}
