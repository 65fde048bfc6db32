package io.tenure.statistics.sample;

/** Why a number can't be told. An expected outcome of young or odd data, never an error. */
public sealed interface Obstacle {

  /** Fewer units (clusters, periods) than the estimator needs. */
  record TooFewUnits(long units, long needed) implements Obstacle {}

  /** No unit differs from another, so nothing says how uncertain the estimate is. */
  record ZeroVariance() implements Obstacle {}

  /** A ratio's denominator adds up to zero in an arm. */
  record ZeroDenominator() implements Obstacle {}

  /** The control arm's mean is zero, so nothing can be relative to it. */
  record ZeroBaseline() implements Obstacle {}

  /** A covariate is a combination of others. */
  record CollinearCovariates() implements Obstacle {}

  /** The order statistics around a quantile are equal, so its spread is unknown. */
  record TiedQuantile() implements Obstacle {}

  /** The values are beyond what a double holds. */
  record NotFinite() implements Obstacle {}
}
