package io.tenure.evaluator;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a dealing into shares by integers only, so that every implementation cuts alike, no bucket
 * is left over and none is given twice.
 */
public final class Shares {

  /** What weights sum to. */
  public static final int WHOLE = 10_000;

  private Shares() {}

  /**
   * One stretch for each weight, in their order; it ends at {@code floor(sum of weights so far *
   * buckets / 10000)}. Weight given from a share to the one before it moves nobody out of that one.
   *
   * @param weights parts of 10000 that sum to 10000
   */
  public static List<Stretch> cut(List<Integer> weights, long buckets) {
    List<Stretch> stretches = new ArrayList<>();
    long sum = 0;
    long from = 0;
    for (int weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("A weight is 0 or more");
      }
      sum += weight;
      long to = end(sum, buckets);
      stretches.add(new Stretch(from, to));
      from = to;
    }
    if (sum != WHOLE) {
      throw new IllegalArgumentException("The weights must sum to " + WHOLE + ", not " + sum);
    }
    return List.copyOf(stretches);
  }

  /** The first buckets: as many as some parts of 10000. Raising the share moves nobody out. */
  public static Stretch first(int share, long buckets) {
    if (share < 0 || share > WHOLE) {
      throw new IllegalArgumentException("A share is 0 to " + WHOLE);
    }
    return new Stretch(0, end(share, buckets));
  }

  private static long end(long share, long buckets) {
    return share * buckets / WHOLE;
  }
}
