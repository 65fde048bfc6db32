package io.tenure.statistics.effect;

import io.tenure.statistics.sample.Obstacle;

/**
 * What one arm has more than another, with what is needed to tell it on either scale.
 *
 * @param value treatment less control, in the metric's unit
 * @param variance of the value; positive
 * @param degreesOfFreedom of the variance
 * @param units in both arms
 * @param baseline what relative differences are divided by
 */
public record Difference(
    double value, double variance, double degreesOfFreedom, long units, Baseline baseline)
    implements Comparison {

  /** The comparison with these numbers; incomparable when they say nothing. */
  public static Comparison of(
      double value, double variance, double degreesOfFreedom, long units, Baseline baseline) {
    if (!Double.isFinite(value) || !Double.isFinite(variance)) {
      return new Incomparable(new Obstacle.NotFinite());
    }
    if (variance <= 0) {
      return new Incomparable(new Obstacle.ZeroVariance());
    }
    return degreesOfFreedom > 0
        ? new Difference(value, variance, degreesOfFreedom, units, baseline)
        : new Incomparable(new Obstacle.NotFinite());
  }

  /**
   * The difference on a scale. The relative one is divided by the size of the baseline, so an arm
   * that loses less than a losing control is better, and its variance follows by the delta method
   * from both, which are not independent.
   */
  @Override
  public Scaled on(Scale scale) {
    return switch (scale) {
      case ABSOLUTE ->
          new Scaled.Possible(new Estimate(value, Math.sqrt(variance), degreesOfFreedom, units));
      case RELATIVE -> relative();
    };
  }

  private Scaled relative() {
    double size = Math.abs(baseline.value());
    if (size == 0) {
      return new Scaled.Impossible(new Obstacle.ZeroBaseline());
    }
    double relative = value / size;
    double slope = relative * Math.signum(baseline.value());
    double spread =
        variance - 2 * slope * baseline.covariance() + slope * slope * baseline.variance();
    double error = Math.sqrt(Math.max(0, spread)) / size;
    if (!Double.isFinite(relative) || !Double.isFinite(error)) {
      return new Scaled.Impossible(new Obstacle.NotFinite());
    }
    return error > 0
        ? new Scaled.Possible(new Estimate(relative, error, degreesOfFreedom, units))
        : new Scaled.Impossible(new Obstacle.ZeroVariance());
  }
}
