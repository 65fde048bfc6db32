package io.tenure.statistics.sample;

import java.util.Optional;

/**
 * What one arm's units did on one metric.
 *
 * <p>Retention and funnel metrics need no kind of their own: "came back in week 4" and "finished
 * the funnel" are {@link ProportionSample}s of those exposed; "of those who began, how many
 * finished" is a {@link RatioSample}, because the number who began is random too.
 */
public sealed interface Sample permits MeanSample, ProportionSample, RatioSample, QuantileSample {

  long units();

  /** Why there is no estimate; empty when there is one. */
  Optional<Obstacle> obstacle();

  /**
   * The arm's value.
   *
   * @throws IllegalStateException when there is an {@link #obstacle}
   */
  ArmEstimate estimate();

  /** Refuses to go on when there is an obstacle. */
  static void requireEstimable(Sample sample) {
    sample
        .obstacle()
        .ifPresent(
            obstacle -> {
              throw new IllegalStateException("There is no estimate: " + obstacle);
            });
  }
}
