package io.tenure.statistics.effect;

import java.util.Optional;

/**
 * A range of values an experiment can't exclude.
 *
 * @param low its least; minus infinity where it is not bounded
 * @param high its greatest; infinity where it is not bounded
 */
public record Interval(double low, double high) {

  /** Accepts limits in order. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("An interval's limits are in order: " + low + ", " + high);
    }
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** What both hold; empty when they don't meet. */
  public Optional<Interval> intersection(Interval other) {
    double least = Math.max(low, other.low);
    double greatest = Math.min(high, other.high);
    return least <= greatest ? Optional.of(new Interval(least, greatest)) : Optional.empty();
  }
}
