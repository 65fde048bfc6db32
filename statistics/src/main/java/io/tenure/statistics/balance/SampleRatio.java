package io.tenure.statistics.balance;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether units arrived in the arms as the weights say: the chi-square test of sample ratio
 * mismatch (Fabijan et al., KDD 2019). When they didn't, something lost units of one arm, and
 * nothing else about the experiment can be trusted. For looks every day see {@link SampleRatioRun}.
 *
 * @param statistic sum of (observed - expected)^2 / expected over arms of positive weight
 * @param degreesOfFreedom arms of positive weight less one
 * @param pValue probability of so great a statistic when the weights hold; 0 when an arm without
 *     weight has units
 */
public record SampleRatio(double statistic, int degreesOfFreedom, double pValue) {

  /**
   * Checks the units of each arm.
   *
   * @param units of each arm
   * @param weights of each arm, of any sum
   */
  public static SampleRatio check(long[] units, double[] weights) {
    require(units, weights);
    double weight = DoubleStream.of(weights).sum();
    long total = LongStream.of(units).sum();
    double statistic = 0;
    int arms = 0;
    for (int arm = 0; arm < units.length; arm++) {
      if (weights[arm] == 0) {
        if (units[arm] > 0) {
          return new SampleRatio(Double.POSITIVE_INFINITY, degrees(weights), 0);
        }
        continue;
      }
      arms++;
      double expected = total * (weights[arm] / weight);
      if (expected > 0) {
        statistic += (units[arm] - expected) * ((units[arm] - expected) / expected);
      }
    }
    return new SampleRatio(statistic, arms - 1, survival(statistic, arms - 1));
  }

  public Severity severity() {
    return Severity.of(pValue);
  }

  static void require(long[] units, double[] weights) {
    if (units.length != weights.length || units.length < 2) {
      throw new IllegalArgumentException("At least two arms, each with a weight");
    }
    if (LongStream.of(units).anyMatch(count -> count < 0)
        || DoubleStream.of(weights).anyMatch(w -> !(w >= 0 && w < Double.POSITIVE_INFINITY))
        || DoubleStream.of(weights).sum() == 0) {
      throw new IllegalArgumentException("Units and weights aren't negative, nor all weights zero");
    }
  }

  static double survival(double statistic, int degreesOfFreedom) {
    return degreesOfFreedom == 0
        ? 1
        : ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(statistic);
  }

  private static int degrees(double[] weights) {
    return (int) DoubleStream.of(weights).filter(w -> w > 0).count() - 1;
  }
}
