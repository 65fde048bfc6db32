package io.tenure.experiment.domain.experiment;

import java.util.List;
import java.util.stream.Stream;

/**
 * How an experiment will be judged.
 *
 * @param goals keys of the metrics that decide
 * @param guardrails metrics that must not get worse
 * @param looks when results may be looked at
 * @param alpha chance to see an effect where there is none, of all goals together
 * @param power chance to see the smallest effect
 * @param smallestEffect that matters, relative to the control
 * @param plannedUnits of all arms
 * @param correction how goals share alpha
 * @param covariateDays days before the first exposure that make a metric less noisy
 */
public record AnalysisPlan(
    List<String> goals,
    List<Guardrail> guardrails,
    Looks looks,
    double alpha,
    double power,
    double smallestEffect,
    long plannedUnits,
    Correction correction,
    int covariateDays) {

  /** Copies the lists. */
  public AnalysisPlan {
    goals = List.copyOf(goals);
    guardrails = List.copyOf(guardrails);
  }

  /** Keys of all metrics. */
  public Stream<String> metrics() {
    return Stream.concat(goals.stream(), guardrails.stream().map(Guardrail::metric));
  }

  /**
   * A metric that must not get worse.
   *
   * @param metric its key
   * @param margin the loss that can be borne, relative to the control
   */
  public record Guardrail(String metric, double margin) {}

  /** When results may be looked at. */
  public enum Looks {
    /** On the way to the planned units. */
    GROUP_SEQUENTIAL,
    /** Always. */
    CONFIDENCE_SEQUENCE,
    /** Once. */
    FIXED
  }

  /** How several tests share alpha. */
  public enum Correction {
    /** Not at all. */
    NONE,
    /** In equal parts. */
    BONFERRONI,
    /** The smallest p-value first. */
    HOLM,
    /** By the share of false discoveries. */
    BENJAMINI_HOCHBERG
  }
}
