package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.record.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record on its way through the steps. */
final class Trial {

  private final Draft draft;
  private final @Nullable List<StepOutcome> outcomes;
  private @Nullable Verdict verdict;

  Trial(Draft draft, boolean watched) {
    this.draft = draft;
    this.outcomes = watched ? new ArrayList<>() : null;
  }

  Draft draft() {
    return draft;
  }

  /** So far; null while nothing but that it may be looked at is known. */
  @Nullable Verdict verdict() {
    return verdict;
  }

  /** After the last step. */
  Verdict lastWord() {
    if (verdict == null) {
      throw new IllegalStateException("A record was not judged");
    }
    return verdict;
  }

  boolean goesOn() {
    return verdict == null || verdict instanceof Verdict.Accept;
  }

  StepOutcome.Result settle(StepName step, @Nullable Verdict next) {
    StepOutcome.Result result = StepOutcome.result(verdict, next);
    verdict = next;
    if (outcomes != null) {
      outcomes.add(StepOutcome.of(step, result, next));
    }
    return result;
  }

  List<StepOutcome> outcomes() {
    return outcomes == null ? List.of() : List.copyOf(outcomes);
  }
}
