package io.tenure.statistics.sample;

/**
 * Limits beyond which values count as the limit, so that one whale can't decide an experiment.
 * {@link CapRule} finds it once from all arms together; it stays the same for the whole analysis.
 *
 * @param low least value; minus infinity for none
 * @param high greatest value; infinity for none
 */
public record Cap(double low, double high) {

  /** Accepts limits in order. */
  public Cap {
    if (!(low <= high)) {
      throw new IllegalArgumentException("A cap's limits are in order: " + low + ", " + high);
    }
  }

  public double apply(double value) {
    return Math.clamp(value, low, high);
  }
}
