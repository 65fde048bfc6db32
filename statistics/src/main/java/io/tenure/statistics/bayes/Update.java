package io.tenure.statistics.bayes;

import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Estimate;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Scaled;
import io.tenure.statistics.sample.Obstacle;

/** What data make of a prior, or why they make nothing of it. */
public sealed interface Update {

  record Believed(Posterior posterior) implements Update {}

  record Impossible(Obstacle obstacle) implements Update {}

  /**
   * Updates a prior by a difference (a normal likelihood). A prior on the other scale is taken to
   * this one by the size of the control's mean, in both ways.
   */
  static Update of(Difference difference, Scale scale, Prior prior) {
    return switch (difference.on(scale)) {
      case Scaled.Impossible(Obstacle obstacle) -> new Impossible(obstacle);
      case Scaled.Possible(Estimate estimate) ->
          switch (prior) {
            case Prior.Flat() ->
                new Believed(new Posterior(estimate.value(), estimate.standardError()));
            case Prior.Gaussian gaussian ->
                update(estimate, gaussian, factor(difference, scale, gaussian));
          };
    };
  }

  private static double factor(Difference difference, Scale scale, Prior.Gaussian prior) {
    double size = Math.abs(difference.baseline().value());
    if (prior.scale() == scale) {
      return 1;
    }
    return scale == Scale.RELATIVE ? 1 / size : size;
  }

  private static Update update(Estimate estimate, Prior.Gaussian prior, double factor) {
    if (factor == 0) {
      return new Impossible(new Obstacle.ZeroBaseline());
    }
    double mean = prior.mean() * factor;
    double variance = prior.deviation() * factor * prior.deviation() * factor;
    double data = estimate.standardError() * estimate.standardError();
    // Weights instead of precisions, which overflow for tiny variances.
    double weight = variance / (variance + data);
    return new Believed(
        new Posterior(
            weight * estimate.value() + data / (variance + data) * mean, Math.sqrt(weight * data)));
  }
}
