package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Analysis;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.statistics.effect.Breakdown;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run has shown.
 *
 * @param basis which numbers it rests on
 * @param balance the arms, the control first
 * @param goals metrics that decide
 * @param guardrails metrics that must not get worse
 */
public record Results(Basis basis, Balance balance, List<Judged> goals, List<Judged> guardrails) {

  /** Copies the lists. */
  public Results {
    goals = List.copyOf(goals);
    guardrails = List.copyOf(guardrails);
  }

  /**
   * Units by arm.
   *
   * @param arms names, the control first
   * @param units of each arm
   * @param weights of each arm
   */
  public record Balance(List<String> arms, List<Long> units, List<Double> weights) {
    /** Copies the lists. */
    public Balance {
      arms = List.copyOf(arms);
      units = List.copyOf(units);
      weights = List.copyOf(weights);
    }

    static Balance of(Evidence evidence) {
      return new Balance(
          evidence.arms(),
          evidence.latest().arms().stream().map(ArmSource.Sums::units).toList(),
          Arrays.stream(evidence.weights()).boxed().toList());
    }

    /** Names of the treatments. */
    public List<String> treatments() {
      return arms.subList(1, arms.size());
    }
  }

  /**
   * One metric.
   *
   * @param answers each treatment against the control; null before the first look
   * @param slices the same for each value of the dimension
   * @param differences for each treatment whether slices differ; empty without slices
   * @param cap above which values were cut down; null where none were
   */
  public record Judged(
      Metric metric,
      Analysis.@Nullable MetricAnswers answers,
      List<JudgedSlice> slices,
      List<Breakdown> differences,
      @Nullable Double cap) {
    /** Copies the lists. */
    public Judged {
      slices = List.copyOf(slices);
      differences = List.copyOf(differences);
    }
  }

  /**
   * One slice.
   *
   * @param value null for units without one, and for others
   * @param others whether these are the units of all values that are not shown
   */
  public record JudgedSlice(
      @Nullable String value, boolean others, Analysis.MetricAnswers answers) {}
}
