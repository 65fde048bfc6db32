package io.tenure.experiment.domain.experiment;

import io.tenure.statistics.multiplicity.Correction;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an experiment will be judged.
 *
 * @param goals keys of the metrics that decide
 * @param guardrails metrics that must not get worse
 * @param design when results may be looked at
 * @param alpha chance to see an effect where there is none, of all goals together
 * @param power chance to see the smallest effect
 * @param smallestEffect that matters, relative to the control
 * @param plannedUnits of all arms
 * @param correction how goals share alpha; null when each is judged alone
 * @param covariateDays days before the first exposure that make a metric less noisy
 * @param breaker what happens by itself when a guardrail is broken
 */
public record AnalysisPlan(
    List<String> goals,
    List<Guardrail> guardrails,
    DesignKind design,
    double alpha,
    double power,
    double smallestEffect,
    long plannedUnits,
    @Nullable Correction correction,
    int covariateDays,
    Breaker breaker) {

  /** Copies the lists. Plans that were kept before there were breakers have the usual one. */
  public AnalysisPlan {
    goals = List.copyOf(goals);
    guardrails = List.copyOf(guardrails);
    breaker = Objects.requireNonNullElse(breaker, Breaker.PAUSE);
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

  /** What happens to an experiment that does harm. */
  public enum Breaker {
    /** It deals nobody until somebody resumes it. */
    PAUSE,
    /** It ends. */
    STOP,
    /** People decide. */
    NONE
  }

  /** When results may be looked at. */
  public enum DesignKind {
    /** On the way to the planned units. */
    GROUP_SEQUENTIAL,
    /** Always. */
    CONFIDENCE_SEQUENCE,
    /** Once. */
    FIXED
  }
}
