package io.tenure.experiment.domain.result;

import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.util.List;
import java.util.Optional;

/** Makes the samples of arms comparable. */
final class ArmSamples {

  /** An arm of which nothing can be said. */
  private static final Sample NOBODY = new ProportionSample(0, 0);

  private ArmSamples() {}

  /**
   * The samples of all arms. Covariates come along only where they tell units apart in every arm:
   * when all users are new, nothing is known from before.
   */
  static List<Sample> of(List<ArmSource.Sums> arms) {
    List<Sample> samples =
        arms.stream().map(arm -> Optional.ofNullable(arm.sample()).orElse(NOBODY)).toList();
    return samples.stream().allMatch(ArmSamples::isInformed)
        ? samples
        : samples.stream().map(ArmSamples::plain).toList();
  }

  /** The samples of all arms without covariates. */
  static List<Sample> plain(List<ArmSource.Sums> arms) {
    return arms.stream()
        .map(arm -> plain(Optional.ofNullable(arm.sample()).orElse(NOBODY)))
        .toList();
  }

  /** What the units of all arms did before they were exposed; empty where it tells nothing. */
  static List<Sample> covariates(List<Sample> arms) {
    return arms.stream()
        .flatMap(
            sample ->
                switch (sample) {
                  case MeanSample mean when mean.covariates() > 0 ->
                      List.<Sample>of(new MeanSample(mean.moments().part(1, 2))).stream();
                  case RatioSample ratio when ratio.covariates() > 0 ->
                      List.<Sample>of(new RatioSample(ratio.moments().part(2, 4))).stream();
                  case MeanSample _, RatioSample _, ProportionSample _, QuantileSample _ ->
                      List.<Sample>of().stream();
                })
        .toList();
  }

  private static boolean isInformed(Sample sample) {
    return switch (sample) {
      case MeanSample mean -> mean.covariates() == 0 || mean.moments().variance(1) > 0;
      case RatioSample ratio ->
          ratio.covariates() == 0
              || (ratio.moments().mean(1) != 0
                  && ratio.moments().mean(3) != 0
                  && ratio.linearForm().covariance(1, 1) > 0);
      case ProportionSample _, QuantileSample _ -> true;
    };
  }

  private static Sample plain(Sample sample) {
    return switch (sample) {
      case MeanSample mean -> new MeanSample(mean.moments().part(0, 1));
      case RatioSample ratio -> new RatioSample(ratio.moments().part(0, 2));
      case ProportionSample _, QuantileSample _ -> sample;
    };
  }
}
