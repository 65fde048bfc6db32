package io.tenure.benchmarks.load;

import java.util.Arrays;
import java.util.Map;

/**
 * What a run of the load generator saw.
 *
 * @param seconds from the first request to the last answer
 * @param requests answered as expected
 * @param p50 milliseconds to the answer
 * @param p99 milliseconds to the answer
 * @param longest milliseconds to the answer
 * @param failures other requests, by status or exception
 */
public record LoadResult(
    double seconds,
    int requests,
    double p50,
    double p99,
    double longest,
    Map<String, Integer> failures) {

  /** Of latencies in any order. */
  public static LoadResult of(double seconds, long[] nanos, Map<String, Integer> failures) {
    Arrays.sort(nanos);
    return new LoadResult(
        seconds,
        nanos.length,
        quantile(nanos, 0.5),
        quantile(nanos, 0.99),
        quantile(nanos, 1),
        failures);
  }

  /** Answers in a second. */
  public double requestsPerSecond() {
    return requests / seconds;
  }

  /** Milliseconds, of sorted nanoseconds. */
  public static double quantile(long[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)] / 1e6;
  }
}
