package io.tenure.statistics.effect;

/**
 * The control arm's own value, which a relative difference is divided by. It is never adjusted by
 * covariates: an adjusted mean is nobody's revenue.
 *
 * @param value in the metric's unit
 * @param variance of the value
 * @param covariance of the value with the difference
 */
public record Baseline(double value, double variance, double covariance) {}
