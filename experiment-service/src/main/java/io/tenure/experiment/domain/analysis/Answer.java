package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.Sample;
import org.jspecify.annotations.Nullable;

/**
 * One arm against the control on one metric.
 *
 * @param treatment the arm's own sample
 * @param control the control's own sample
 * @param outcome the effect as its family judges it, or why there is none
 * @param belief what to believe of it
 * @param guardrail of a guardrail: what is known of it
 */
public record Answer(
    Sample treatment,
    Sample control,
    Outcome outcome,
    BeliefVerdict belief,
    @Nullable GuardrailVerdict guardrail) {

  /** The effect, or why there is none. */
  public sealed interface Outcome {}

  /**
   * An effect with the interval and p-value of its family.
   *
   * @param effect in its family
   * @param level of the interval
   * @param rawPValue of the question alone
   * @param significant whether "no difference" is rejected
   * @param varianceReduction share of the variance the covariates took out; none when unadjusted
   * @param drifted whether intervals of different looks exclude each other
   */
  public record Told(
      Effect.Estimated effect,
      double level,
      double rawPValue,
      boolean significant,
      @Nullable Double varianceReduction,
      boolean drifted)
      implements Outcome {}

  /** No effect can be told. */
  public record Untold(Obstacle obstacle) implements Outcome {}
}
