package io.tenure.segment.domain.distribution;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Half-open ranges that together hold every measure.
 *
 * @param bounds where they begin, ascending; below the first is one without a lower limit
 */
record Buckets(List<BigDecimal> bounds) {

  /** Most buckets of a single number. */
  static final int MOST_OF_ONE = 400;

  private static final List<BigDecimal> COUNTS =
      Stream.of(1, 2, 3, 5, 10, 20, 50, 100).map(BigDecimal::valueOf).toList();
  private static final List<BigDecimal> SUMS =
      Stream.of(0, 10, 100, 1_000, 10_000, 100_000, 1_000_000).map(BigDecimal::valueOf).toList();

  /** The bounds of a query, or the usual ones for what is measured. */
  static Buckets of(DistributionQuery query, Collection<BigDecimal> measures) {
    if (!query.bounds().isEmpty()) {
      return new Buckets(query.bounds());
    }
    return switch (query.measure()) {
      case UserMeasure.Events() -> new Buckets(COUNTS);
      case UserMeasure.Sum _ -> new Buckets(SUMS);
      case UserMeasure.ActivePeriods _ -> new Buckets(each(measures));
    };
  }

  /** The last one of them has no upper limit. */
  private static List<BigDecimal> each(Collection<BigDecimal> measures) {
    int most =
        Math.min(
            MOST_OF_ONE, measures.stream().mapToInt(BigDecimal::intValueExact).max().orElse(1));
    return IntStream.rangeClosed(1, most).mapToObj(BigDecimal::valueOf).toList();
  }

  /** Number of the bucket of a measure; 0 is the one below the first bound. */
  int indexOf(BigDecimal measure) {
    int low = 0;
    int high = bounds.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds.get(middle).compareTo(measure) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether a measure is in the bucket that begins with a bound, or above it. */
  static boolean holds(
      List<BigDecimal> bounds, Optional<BigDecimal> least, BigDecimal measure, boolean cumulative) {
    boolean enough = least.isEmpty() || measure.compareTo(least.get()) >= 0;
    if (cumulative || !enough) {
      return enough;
    }
    return bounds.stream()
        .filter(bound -> least.isEmpty() || bound.compareTo(least.get()) > 0)
        .findFirst()
        .map(bound -> measure.compareTo(bound) < 0)
        .orElse(true);
  }

  /** All of them with the given users, the lowest first; one below all bounds only with users. */
  List<Distribution.Bucket> counted(long[] users, boolean cumulative) {
    List<Distribution.Bucket> buckets = new ArrayList<>();
    for (int bucket = users[0] > 0 ? 0 : 1; bucket < users.length; bucket++) {
      long counted =
          cumulative
              ? IntStream.range(bucket, users.length).mapToLong(at -> users[at]).sum()
              : users[bucket];
      buckets.add(
          new Distribution.Bucket(
              bucket == 0 ? Optional.empty() : Optional.of(bounds.get(bucket - 1)),
              bucket == bounds.size() ? Optional.empty() : Optional.of(bounds.get(bucket)),
              counted));
    }
    return List.copyOf(buckets);
  }
}
