package io.tenure.statistics.bayes;

import io.tenure.statistics.distribution.Normal;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Interval;

/**
 * A normal belief of an effect after the experiment. Losses are the expected regret of a decision
 * in closed form, E[max(0, what the other decision has more)].
 *
 * @param mean of the effect, in the unit of its scale
 * @param deviation of the effect
 */
public record Posterior(double mean, double deviation) implements Belief {

  @Override
  public double chanceToWin(Direction direction) {
    return Normal.cumulative(direction.orient(mean) / deviation);
  }

  @Override
  public double lossOfTreatment(Direction direction) {
    return loss(-direction.orient(mean));
  }

  @Override
  public double lossOfControl(Direction direction) {
    return loss(direction.orient(mean));
  }

  @Override
  public Interval credible(double level) {
    double width = Normal.upperQuantile((1 - level) / 2) * deviation;
    return new Interval(mean - width, mean + width);
  }

  /** Mean of the positive part of a normal value. */
  private double loss(double mean) {
    double z = mean / deviation;
    return z > 0
        ? deviation * Normal.density(z) + mean * Normal.cumulative(z)
        : deviation * Belief.positivePart(-z);
  }
}
