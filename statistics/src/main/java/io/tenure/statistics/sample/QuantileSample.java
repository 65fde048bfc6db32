package io.tenure.statistics.sample;

import io.tenure.statistics.distribution.Normal;
import java.util.Optional;

/**
 * A quantile of what units did, such as the median time to a first payment. Its spread is read off
 * two order statistics around it, those between which the quantile lies with 95 % (Deng, Knoblich
 * and Lu, KDD 2018, section 4.1); no density is estimated.
 *
 * @param units values the quantile is over
 * @param quantile which one, within (0, 1)
 * @param value the order statistic at it
 * @param low the order statistic at {@link #lowLevel}
 * @param high the order statistic at {@link #highLevel}
 * @param boundUnits for which n the two were taken; fewer than the units when they were taken
 *     before the last ones came
 * @param inflation how much greater the variance is than that of independent values: 1, or {@link
 *     #inflation} of a clustered sample
 */
public record QuantileSample(
    long units,
    double quantile,
    double value,
    double low,
    double high,
    long boundUnits,
    double inflation)
    implements Sample {

  private static final double Z = Normal.upperQuantile(0.025);

  /** Accepts ordered, finite bounds. */
  public QuantileSample {
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException("A quantile lies between 0 and 1: " + quantile);
    }
    if (!(low <= value && value <= high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException("Order statistics are not in order");
    }
    if (boundUnits < 1 || boundUnits > units || !(inflation > 0)) {
      throw new IllegalArgumentException("Bounds come from 1 to all units, inflation is positive");
    }
  }

  /** Independent values, one a unit. */
  public static QuantileSample ofSorted(double[] sorted, double quantile) {
    long units = sorted.length;
    return new QuantileSample(
        units,
        quantile,
        sorted[rank(units, quantile)],
        sorted[rank(units, lowLevel(units, quantile))],
        sorted[rank(units, highLevel(units, quantile))],
        units,
        1);
  }

  /** The level whose order statistic is the lower bound; at least 0. */
  public static double lowLevel(long units, double quantile) {
    return Math.max(0, quantile - Z * Math.sqrt(quantile * (1 - quantile) / units));
  }

  /** The level whose order statistic is the upper bound; at most 1. */
  public static double highLevel(long units, double quantile) {
    return Math.min(1, quantile + Z * Math.sqrt(quantile * (1 - quantile) / units));
  }

  /**
   * How much greater the variance is because values come in clusters (Deng et al., section 4.2).
   *
   * @param below a cluster's values at most the quantile over its values: a ratio over clusters
   */
  public static double inflation(RatioSample below) {
    ArmEstimate share = below.estimate();
    double values = below.moments().mean(1) * below.units();
    return share.variance() / (share.value() * (1 - share.value()) / values);
  }

  /** Below this many units the bounds would lie beyond the least or greatest value. */
  public long leastUnits() {
    double odds = Math.max(quantile / (1 - quantile), (1 - quantile) / quantile);
    return (long) Math.floor(Z * Z * odds) + 1;
  }

  @Override
  public Optional<Obstacle> obstacle() {
    if (boundUnits < leastUnits()) {
      return Optional.of(new Obstacle.TooFewUnits(boundUnits, leastUnits()));
    }
    return low == high ? Optional.of(new Obstacle.TiedQuantile()) : Optional.empty();
  }

  @Override
  public ArmEstimate estimate() {
    Sample.requireEstimable(this);
    double deviation = (high - low) / (2 * Z);
    return new ArmEstimate(
        value,
        deviation * deviation * inflation * ((double) boundUnits / units),
        units - 1.0,
        units);
  }

  private static int rank(long units, double level) {
    return (int) Math.clamp((long) Math.ceil(units * level) - 1, 0, units - 1);
  }
}
