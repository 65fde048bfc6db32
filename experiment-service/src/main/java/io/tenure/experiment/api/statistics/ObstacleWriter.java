package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.EffectInterval;
import io.tenure.proto.experiment.v1.ObstacleKind;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.sample.Obstacle;

/** Obstacles in words, and intervals without infinities. */
final class ObstacleWriter {

  private ObstacleWriter() {}

  static io.tenure.proto.experiment.v1.Obstacle write(Obstacle obstacle) {
    return switch (obstacle) {
      case Obstacle.TooFewUnits(long units, long needed) ->
          write(
              ObstacleKind.OBSTACLE_KIND_TOO_FEW_UNITS,
              "An arm has " + units + " units and needs at least " + needed);
      case Obstacle.ZeroVariance() ->
          write(
              ObstacleKind.OBSTACLE_KIND_ZERO_VARIANCE,
              "No unit differs from another, so nothing says how uncertain the difference is");
      case Obstacle.ZeroDenominator() ->
          write(
              ObstacleKind.OBSTACLE_KIND_ZERO_DENOMINATOR,
              "The denominators of an arm, or of a covariate, add up to zero");
      case Obstacle.ZeroBaseline() ->
          write(
              ObstacleKind.OBSTACLE_KIND_ZERO_BASELINE,
              "The control's value is zero, so nothing can be relative to it; ask for the absolute"
                  + " scale");
      case Obstacle.CollinearCovariates() ->
          write(
              ObstacleKind.OBSTACLE_KIND_COLLINEAR_COVARIATES,
              "A covariate is constant or a combination of others; leave it out");
      case Obstacle.TiedQuantile() ->
          write(
              ObstacleKind.OBSTACLE_KIND_TIED_QUANTILE,
              "The values around the quantile are equal, so its spread is unknown");
      case Obstacle.NotFinite() ->
          write(
              ObstacleKind.OBSTACLE_KIND_NOT_FINITE,
              "The numbers are too large or too small to be computed with");
    };
  }

  static io.tenure.proto.experiment.v1.Obstacle write(ObstacleKind kind, String message) {
    return io.tenure.proto.experiment.v1.Obstacle.newBuilder()
        .setKind(kind)
        .setMessage(message)
        .build();
  }

  static EffectInterval write(Interval interval) {
    EffectInterval.Builder message = EffectInterval.newBuilder();
    if (Double.isFinite(interval.low())) {
      message.setLow(interval.low());
    }
    if (Double.isFinite(interval.high())) {
      message.setHigh(interval.high());
    }
    return message.build();
  }
}
