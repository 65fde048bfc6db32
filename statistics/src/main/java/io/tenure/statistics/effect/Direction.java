package io.tenure.statistics.effect;

/** Which way of a metric is good. */
public enum Direction {
  HIGHER_IS_BETTER,
  LOWER_IS_BETTER;

  /** The value, turned so that higher is better. */
  public double orient(double value) {
    return this == HIGHER_IS_BETTER ? value : -value;
  }
}
