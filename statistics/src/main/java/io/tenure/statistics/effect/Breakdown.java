package io.tenure.statistics.effect;

import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The effect in each slice of a dimension and whether the slices differ at all (Cochran's Q,
 * Biometrics 10, 1954). Where they don't, the winner among twenty slices is chance.
 *
 * @param effects of each slice, in the order given
 * @param statistic squared distances from the common effect, in standard errors
 * @param degreesOfFreedom slices that could be compared less one; at least 0
 * @param pValue probability of so great a statistic when all slices have one effect
 */
public record Breakdown(
    List<Effect> effects, double statistic, int degreesOfFreedom, double pValue) {

  /** Breaks down by slices of different units. */
  public static Breakdown of(List<Comparison> slices, Terms terms) {
    List<Estimate> estimates =
        slices.stream()
            .map(slice -> slice.on(terms.scale()))
            .filter(Scaled.Possible.class::isInstance)
            .map(scaled -> ((Scaled.Possible) scaled).estimate())
            .toList();
    double weights = 0;
    double sum = 0;
    for (Estimate estimate : estimates) {
      weights += 1 / (estimate.standardError() * estimate.standardError());
      sum += estimate.value() / (estimate.standardError() * estimate.standardError());
    }
    double statistic = 0;
    for (Estimate estimate : estimates) {
      double distance = (estimate.value() - sum / weights) / estimate.standardError();
      statistic += distance * distance;
    }
    int degrees = Math.max(0, estimates.size() - 1);
    return new Breakdown(
        slices.stream().map(slice -> slice.effect(terms)).toList(),
        statistic,
        degrees,
        degrees == 0 ? 1 : ChiSquaredDistribution.of(degrees).survivalProbability(statistic));
  }
}
