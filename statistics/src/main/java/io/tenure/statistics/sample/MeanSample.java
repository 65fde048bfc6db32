package io.tenure.statistics.sample;

import java.util.Optional;

/**
 * An average over units, such as revenue per user in minor units, with the same units' covariates
 * where they are known.
 *
 * @param moments component 0 is the metric, the others are covariates
 */
public record MeanSample(Moments moments) implements Sample, AdjustableSample<MeanSample> {

  /** From what a database reports of a metric without covariates. */
  public static MeanSample of(long units, double mean, double variance) {
    return new MeanSample(Moments.of(units, mean, variance));
  }

  @Override
  public long units() {
    return moments.count();
  }

  @Override
  public int covariates() {
    return moments.dimensions() - 1;
  }

  @Override
  public Optional<Obstacle> obstacle() {
    return units() < 2 ? Optional.of(new Obstacle.TooFewUnits(units(), 2)) : Optional.empty();
  }

  @Override
  public ArmEstimate estimate() {
    Sample.requireEstimable(this);
    return new ArmEstimate(moments.mean(0), moments.variance(0) / units(), units() - 1.0, units());
  }

  @Override
  public MeanSample merge(MeanSample other) {
    return new MeanSample(moments.merge(other.moments));
  }

  @Override
  public LinearForm linearForm() {
    return LinearForm.ofMeans(moments);
  }
}
