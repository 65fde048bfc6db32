package io.tenure.statistics.sample;

/**
 * One arm's value with its uncertainty, whatever kind of metric it came from.
 *
 * @param value in the metric's unit
 * @param variance of the value (not of one unit)
 * @param degreesOfFreedom of the variance
 * @param units behind it
 */
public record ArmEstimate(double value, double variance, double degreesOfFreedom, long units) {}
