package io.tenure.statistics.effect;

import io.tenure.statistics.sample.Obstacle;

/** What an arm did to a metric, or why that can't be told. */
public sealed interface Effect {

  /**
   * An estimated effect.
   *
   * @param estimate in the unit of its scale
   * @param standardError of the estimate
   * @param degreesOfFreedom of the standard error; infinite for a normal approximation
   * @param interval that holds the true effect as often as its level says
   * @param pValue how likely so extreme a difference is when there is none
   */
  record Estimated(
      double estimate,
      double standardError,
      double degreesOfFreedom,
      Interval interval,
      double pValue)
      implements Effect {}

  /** No effect can be told. */
  record Unavailable(Obstacle obstacle) implements Effect {}
}
