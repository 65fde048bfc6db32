package io.tenure.statistics.sample;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How to find a {@link Cap}: quantiles of the units of all arms together. A cap for each arm would
 * hide an effect on large values; the same rule serves the covariate, on its own values.
 *
 * @param lowShare share of units below the low limit; 0 for no limit
 * @param highShare share of units at most at the high limit; 1 for no limit
 * @param ignoreZeros whether units that did nothing don't count when the quantiles are taken
 */
public record CapRule(double lowShare, double highShare, boolean ignoreZeros) {

  /** Accepts shares in order. */
  public CapRule {
    if (!(lowShare >= 0 && lowShare < highShare && highShare <= 1)) {
      throw new IllegalArgumentException(
          "Shares are in order from 0 to 1: " + lowShare + ", " + highShare);
    }
  }

  /** The usual rule for money: an upper limit only. */
  public static CapRule above(double highShare) {
    return new CapRule(0, highShare, false);
  }

  /** The cap of the units of several arms. */
  public Cap cap(double[]... arms) {
    SortedMap<Double, Long> histogram = new TreeMap<>();
    for (double[] arm : arms) {
      for (double value : arm) {
        histogram.merge(value, 1L, Long::sum);
      }
    }
    return cap(histogram);
  }

  /**
   * The cap of units given as values with how many units have them. A quantile is the least value
   * with at least that share of units at or below it (Hyndman and Fan 1996, type 1).
   */
  public Cap cap(SortedMap<Double, Long> histogram) {
    return new Cap(
        lowShare == 0 ? Double.NEGATIVE_INFINITY : quantile(histogram, lowShare),
        highShare == 1 ? Double.POSITIVE_INFINITY : quantile(histogram, highShare));
  }

  private double quantile(SortedMap<Double, Long> histogram, double share) {
    long units = 0;
    for (Map.Entry<Double, Long> bar : histogram.entrySet()) {
      units += counted(bar);
    }
    long seen = 0;
    for (Map.Entry<Double, Long> bar : histogram.entrySet()) {
      seen += counted(bar);
      if (seen > 0 && seen >= share * units) {
        return bar.getKey();
      }
    }
    return 0;
  }

  private long counted(Map.Entry<Double, Long> bar) {
    return ignoreZeros && bar.getKey() == 0 ? 0 : bar.getValue();
  }
}
