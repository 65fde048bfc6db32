package io.tenure.statistics.bandit;

import io.tenure.statistics.sample.ArmEstimate;
import io.tenure.statistics.sample.Sample;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Arms compared fairly although their traffic changed: an arm that got more of a good week would
 * look better than it is. Each period counts by the share of all arms' units in it
 * (post-stratification by time; Miratrix, Sekhon and Yu 2013), the same for every arm.
 */
public final class PeriodWeighted {

  private PeriodWeighted() {}

  /**
   * Each arm's value; empty for an arm that can't be estimated in some period.
   *
   * @param periods the samples of all arms, in the same order in every period
   */
  public static <S extends Sample> List<Optional<ArmEstimate>> estimates(List<List<S>> periods) {
    double[] shares = shares(periods);
    return IntStream.range(0, periods.getFirst().size())
        .mapToObj(arm -> estimate(periods.stream().map(period -> period.get(arm)).toList(), shares))
        .toList();
  }

  private static <S extends Sample> double[] shares(List<List<S>> periods) {
    double[] units =
        periods.stream()
            .mapToDouble(period -> period.stream().mapToLong(Sample::units).sum())
            .toArray();
    double total = 0;
    for (double of : units) {
      total += of;
    }
    for (int i = 0; i < units.length; i++) {
      units[i] /= total;
    }
    return units;
  }

  private static <S extends Sample> Optional<ArmEstimate> estimate(List<S> arm, double[] shares) {
    double value = 0;
    double variance = 0;
    double squares = 0;
    long units = 0;
    for (int period = 0; period < shares.length; period++) {
      if (arm.get(period).obstacle().isPresent()) {
        return Optional.empty();
      }
      ArmEstimate estimate = arm.get(period).estimate();
      double part = shares[period] * shares[period] * estimate.variance();
      value += shares[period] * estimate.value();
      variance += part;
      squares += part * part / estimate.degreesOfFreedom();
      units += estimate.units();
    }
    double degrees = variance > 0 ? variance * variance / squares : Double.POSITIVE_INFINITY;
    return Optional.of(new ArmEstimate(value, variance, degrees, units));
  }
}
