package io.tenure.benchmarks.ingest;

import io.tenure.benchmarks.load.LoadResult;
import java.util.Map;

/**
 * What one kind of traffic through one door cost.
 *
 * @param full the closed loop
 * @param half the open loop
 * @param drainSeconds from the last answer of the closed loop until the last event could be queried
 * @param cpuPerMillion CPU seconds for a million events, until they could be queried, by part
 * @param queryable nanoseconds from sending until a query finds an event, sorted
 * @param discarded requests per second that the server without a platform took
 * @param appended requests per second that a bare file took
 */
@SuppressWarnings("ArrayRecordComponent")
record Row(
    String door,
    Traffic traffic,
    LoadResult full,
    LoadResult half,
    double drainSeconds,
    Map<String, Double> cpuPerMillion,
    long[] queryable,
    double discarded,
    double appended) {

  double eventsPerSecond() {
    return full.requestsPerSecond() * traffic.batch();
  }

  /** Taken, and in the tables as well. */
  double storedPerSecond() {
    return full.requests() * (double) traffic.batch() / (full.seconds() + drainSeconds);
  }
}
