package io.tenure.experiment.domain.result;

import io.tenure.evaluator.Dealing;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.result.ArmSource.Arms;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows what those held out did, and all others. */
@FunctionalInterface
public interface HoldoutSource {

  /**
   * Adds up what both sides did.
   *
   * @throws io.tenure.platform.failure.Failure when it can't be known now
   */
  Arms ask(ProjectId project, Question question);

  /**
   * What all units are asked that have an id, from their first event of any kind on.
   *
   * @param dealing who is on which side
   * @param arms names of the sides, those held out first
   * @param weights parts of 10000, one for each side
   * @param start when units may come first
   * @param looks when they are looked at, ascending
   * @param metric what is measured; null to count units
   * @param covariateDays days before the first event that come as a covariate
   * @param asOf only events received before then
   */
  record Question(
      Dealing dealing,
      List<String> arms,
      List<Integer> weights,
      Instant start,
      List<Instant> looks,
      @Nullable Metric metric,
      int covariateDays,
      Instant asOf) {

    /** Copies the lists. */
    public Question {
      arms = List.copyOf(arms);
      weights = List.copyOf(weights);
      looks = List.copyOf(looks);
    }

    /** The same of a metric. */
    Question of(Metric other, int days) {
      return new Question(dealing, arms, weights, start, looks, other, days, asOf);
    }
  }
}
