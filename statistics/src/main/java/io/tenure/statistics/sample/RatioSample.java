package io.tenure.statistics.sample;

import java.util.Optional;

/**
 * A ratio of two sums over the units that were randomised: payments per session, finished per
 * begun, the average of one user's transactions in clusters of households. Its variance is that of
 * the delta method with the unit as the independent piece (Deng, Knoblich and Lu, KDD 2018, section
 * 2), so units may have any number of sessions.
 *
 * <p>In cluster-randomised experiments the unit is the cluster: its total goes above, its size
 * below.
 *
 * @param moments components 0 and 1 are the numerator and denominator of a unit; further pairs are
 *     covariates of the same form, with 1 below for a covariate that is a plain mean
 */
public record RatioSample(Moments moments) implements Sample, AdjustableSample<RatioSample> {

  /** Accepts whole pairs. */
  public RatioSample {
    if (moments.dimensions() % 2 != 0) {
      throw new IllegalArgumentException("A ratio is made of pairs of values");
    }
  }

  @Override
  public long units() {
    return moments.count();
  }

  @Override
  public int covariates() {
    return moments.dimensions() / 2 - 1;
  }

  @Override
  public Optional<Obstacle> obstacle() {
    if (units() < 2) {
      return Optional.of(new Obstacle.TooFewUnits(units(), 2));
    }
    for (int i = 1; i < moments.dimensions(); i += 2) {
      if (moments.mean(i) == 0) {
        return Optional.of(new Obstacle.ZeroDenominator());
      }
    }
    return Optional.empty();
  }

  @Override
  public ArmEstimate estimate() {
    Sample.requireEstimable(this);
    double denominator = moments.mean(1);
    double ratio = moments.mean(0) / denominator;
    double variance =
        moments.variance(0)
            - 2 * ratio * moments.covariance(0, 1)
            + ratio * ratio * moments.variance(1);
    return new ArmEstimate(
        ratio,
        Math.max(0, variance) / (denominator * denominator) / units(),
        units() - 1.0,
        units());
  }

  @Override
  public RatioSample merge(RatioSample other) {
    return new RatioSample(moments.merge(other.moments));
  }

  @Override
  public LinearForm linearForm() {
    return LinearForm.ofRatios(moments);
  }
}
