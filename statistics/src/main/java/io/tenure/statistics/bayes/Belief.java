package io.tenure.statistics.bayes;

import io.tenure.statistics.distribution.Normal;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Interval;
import org.apache.commons.numbers.gamma.Erfcx;

/** What is believed of an effect after the experiment. */
public sealed interface Belief permits Posterior, BetaPosterior {

  /** Probability that the treatment is better. */
  double chanceToWin(Direction direction);

  /** What is lost on average by shipping the treatment, in the unit of the effect. */
  double lossOfTreatment(Direction direction);

  /** What is lost on average by staying with the control. */
  double lossOfControl(Direction direction);

  /** The middle interval that holds the effect with a probability. */
  Interval credible(double level);

  /**
   * Mean of max(0, Z - z) of a standard normal Z. The textbook's phi(z) - z sf(z) loses all digits
   * where both are equal, so both are taken relative to phi(z).
   */
  static double positivePart(double z) {
    double ratio = Math.sqrt(Math.PI / 2) * Erfcx.value(z / Math.sqrt(2));
    double rest = 1 - z * ratio;
    if (z > 20) {
      // Asymptotic series of 1 - z * (Mills ratio).
      double y = 1 / (z * z);
      rest = y * (1 - 3 * y * (1 - 5 * y * (1 - 7 * y * (1 - 9 * y))));
    }
    return Normal.density(z) * rest;
  }
}
