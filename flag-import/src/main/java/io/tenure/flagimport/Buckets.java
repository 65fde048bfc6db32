package io.tenure.flagimport;

import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleToIntFunction;

/**
 * The buckets of a GrowthBook hash. It compares a bucket as a fraction with bounds that were added
 * up in doubles; asking each bucket the same question once is exact where solving for the bound
 * would not be.
 *
 * @param hashing the version
 * @param count how many there are
 */
record Buckets(Hashing hashing, int count) {

  static final Buckets FIRST = new Buckets(Hashing.GROWTHBOOK_1, 1_000);
  static final Buckets SECOND = new Buckets(Hashing.GROWTHBOOK_2, 10_000);

  /** The neighbouring buckets whose fractions fulfil something. */
  List<Stretch> where(DoublePredicate taken) {
    return where(1, fraction -> taken.test(fraction) ? 0 : -1).getFirst();
  }

  /** The buckets of each variation. */
  List<List<Stretch>> where(int variations, DoubleToIntFunction chosen) {
    List<List<Stretch>> stretches = new ArrayList<>();
    for (int variation = 0; variation < variations; variation++) {
      stretches.add(new ArrayList<>());
    }
    int from = 0;
    while (from < count) {
      int variation = chosen.applyAsInt(fraction(from));
      int to = from + 1;
      while (to < count && chosen.applyAsInt(fraction(to)) == variation) {
        to++;
      }
      if (variation >= 0 && variation < variations) {
        stretches.get(variation).add(new Stretch(from, to));
      }
      from = to;
    }
    return stretches;
  }

  private double fraction(int bucket) {
    return (double) bucket / count;
  }
}
