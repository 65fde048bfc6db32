package io.tenure.statistics.sequential;

import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Estimate;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Scaled;
import io.tenure.statistics.sample.Obstacle;

/**
 * One metric's way through a {@link ConfidenceSequencePlan}.
 *
 * @param plan fixed at the start
 * @param scale the effect is told on
 * @param effect told last
 * @param running what all looks leave possible
 * @param pValue the least of all looks'
 */
public record ConfidenceSequenceRun(
    ConfidenceSequencePlan plan, Scale scale, Effect effect, RunningInterval running, double pValue)
    implements SequentialRun {

  /** Before the first look. */
  public static ConfidenceSequenceRun start(ConfidenceSequencePlan plan, Scale scale) {
    return new ConfidenceSequenceRun(
        plan,
        scale,
        new Effect.Unavailable(new Obstacle.TooFewUnits(0, 1)),
        RunningInterval.UNBOUNDED,
        1);
  }

  @Override
  public ConfidenceSequenceRun next(Comparison comparison) {
    return switch (comparison.on(scale)) {
      case Scaled.Possible(Estimate estimate) -> next(estimate);
      case Scaled.Impossible(Obstacle obstacle) ->
          new ConfidenceSequenceRun(plan, scale, new Effect.Unavailable(obstacle), running, pValue);
    };
  }

  @Override
  public boolean significant() {
    return pValue <= plan.alpha();
  }

  private ConfidenceSequenceRun next(Estimate estimate) {
    double width = plan.bound(estimate.units()) * estimate.standardError();
    Interval now = plan.alternative().interval(estimate.value(), width);
    RunningInterval both = running.and(now);
    double p = Math.min(pValue, plan.pValue(estimate.statistic(), estimate.units()));
    Effect effect =
        new Effect.Estimated(
            estimate.value(),
            estimate.standardError(),
            Double.POSITIVE_INFINITY,
            both.interval(),
            p);
    return new ConfidenceSequenceRun(plan, scale, effect, both, p);
  }
}
