package io.tenure.statistics.distribution;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The standard normal distribution. Tails are taken from survival functions, so a probability of
 * 1e-300 is as exact as one of 0.5.
 */
public final class Normal {

  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  private Normal() {}

  public static double density(double z) {
    return Math.exp(-0.5 * z * z) / ROOT_TWO_PI;
  }

  /** Probability of at most {@code z}. */
  public static double cumulative(double z) {
    return STANDARD.cumulativeProbability(z);
  }

  /** Probability of more than {@code z}. */
  public static double survival(double z) {
    return STANDARD.survivalProbability(z);
  }

  /** The point above which lies a probability of {@code p}. */
  public static double upperQuantile(double p) {
    return STANDARD.inverseSurvivalProbability(p);
  }
}
