package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.bayes.Belief;
import io.tenure.statistics.bayes.BetaPosterior;
import io.tenure.statistics.bayes.Posterior;
import io.tenure.statistics.bayes.Prior;
import io.tenure.statistics.bayes.Update;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.ProportionSample;

/** What to believe of an effect, or why nothing. */
public sealed interface BeliefVerdict {

  /**
   * A belief in numbers.
   *
   * @param chanceToWin probability that the treatment is better
   * @param riskOfTreatment lost on average by shipping the treatment
   * @param riskOfControl lost on average by staying with the control
   * @param credible the middle interval of the effect
   * @param exactRates whether rates had Jeffreys' prior
   */
  record Believed(
      double chanceToWin,
      double riskOfTreatment,
      double riskOfControl,
      Interval credible,
      boolean exactRates)
      implements BeliefVerdict {}

  record Impossible(Obstacle obstacle) implements BeliefVerdict {}

  /** Beyond so many units an arm's rate is as good as normal, and quadrature slow. */
  long MOST_EXACT_UNITS = 10_000;

  /** The belief after a comparison of normal values. */
  static BeliefVerdict of(
      Comparison comparison, Scale scale, Prior prior, Direction direction, double level) {
    return switch (comparison) {
      case Comparison.Incomparable(Obstacle obstacle) -> new Impossible(obstacle);
      case Difference difference ->
          switch (Update.of(difference, scale, prior)) {
            case Update.Impossible(Obstacle obstacle) -> new Impossible(obstacle);
            case Update.Believed(Posterior posterior) -> told(posterior, direction, level, false);
          };
    };
  }

  /** Whether Jeffreys' prior may be used for these arms. */
  static boolean isExact(ProportionSample treatment, ProportionSample control) {
    return Math.max(treatment.units(), control.units()) <= MOST_EXACT_UNITS;
  }

  /** The belief of the difference of two rates with Jeffreys' prior. */
  static BeliefVerdict exact(
      ProportionSample treatment, ProportionSample control, Direction direction, double level) {
    return told(BetaPosterior.of(treatment, control), direction, level, true);
  }

  private static BeliefVerdict told(
      Belief belief, Direction direction, double level, boolean exact) {
    if (belief instanceof Posterior(double mean, double deviation)
        && !(Double.isFinite(mean) && deviation > 0 && Double.isFinite(deviation))) {
      return new Impossible(new Obstacle.NotFinite());
    }
    return new Believed(
        belief.chanceToWin(direction),
        belief.lossOfTreatment(direction),
        belief.lossOfControl(direction),
        belief.credible(level),
        exact);
  }
}
