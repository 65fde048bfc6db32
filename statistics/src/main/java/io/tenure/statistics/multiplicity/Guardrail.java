package io.tenure.statistics.multiplicity;

import io.tenure.statistics.distribution.StudentT;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Estimate;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;

/**
 * A metric that must not get worse by more than a margin: a test of non-inferiority, with its own
 * alpha outside any family. Not finding harm is no proof of its absence; a guardrail holds only
 * once harm beyond the margin is excluded.
 *
 * @param margin the greatest loss that is accepted; positive, in the unit of the scale
 * @param scale of the margin
 * @param direction which way of the metric is good
 * @param alpha how often a guardrail may be said to hold that doesn't
 */
public record Guardrail(double margin, Scale scale, Direction direction, double alpha) {

  /** Accepts positive margins. */
  public Guardrail {
    if (!(margin > 0) || !(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("A margin is positive and alpha within (0, 1)");
    }
  }

  /** What is known of a guardrail. */
  public enum State {
    /** Harm beyond the margin is excluded. */
    HOLDS,
    /** Nothing is excluded yet. */
    OPEN,
    /** The loss is beyond the margin. */
    BROKEN,
    /** It can't be told. */
    UNKNOWN
  }

  /**
   * The effect with a one-sided interval and the p-value of "the loss is at least the margin"; the
   * interval ends where the greatest loss that is not excluded lies.
   */
  public Effect effect(Comparison comparison) {
    return comparison.effect(scale, this::judge);
  }

  public State state(Comparison comparison) {
    return switch (effect(comparison)) {
      case Effect.Unavailable _ -> State.UNKNOWN;
      case Effect.Estimated estimated when estimated.pValue() <= alpha -> State.HOLDS;
      case Effect.Estimated estimated when estimated.pValue() >= 1 - alpha -> State.BROKEN;
      case Effect.Estimated _ -> State.OPEN;
    };
  }

  private Effect judge(Estimate estimate) {
    double statistic = (direction.orient(estimate.value()) + margin) / estimate.standardError();
    double width =
        StudentT.upperQuantile(alpha, estimate.degreesOfFreedom()) * estimate.standardError();
    Interval interval =
        direction == Direction.HIGHER_IS_BETTER
            ? new Interval(estimate.value() - width, Double.POSITIVE_INFINITY)
            : new Interval(Double.NEGATIVE_INFINITY, estimate.value() + width);
    return new Effect.Estimated(
        estimate.value(),
        estimate.standardError(),
        estimate.degreesOfFreedom(),
        interval,
        StudentT.survival(statistic, estimate.degreesOfFreedom()));
  }
}
