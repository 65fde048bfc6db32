package io.tenure.benchmarks.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * What happens in a session, drawn once with a fixed seed and replayed by the engine with other
 * users and times: a Markov chain over the names. With a good chance a customer takes the next step
 * with the same product, so funnels truly convert; otherwise the next name follows Zipf's law.
 */
final class SessionPatterns {

  static final int COUNT = 20_000;

  /** Minutes of the days from which sessions take their beginning. */
  static final int STARTS = 1 << 16;

  private static final double GOES_ON = 0.35;
  private static final double ENDS = 1.0 / 8;
  private static final int MOST_EVENTS = 60;
  private static final double MEAN_GAP_MILLIS = 20_000;
  private static final double WEEKEND = 0.6;
  private static final double[] HOURS = {
    2, 1, 1, 1, 1, 2, 4, 7, 9, 12, 12, 10, 11, 10, 9, 9, 9, 8, 8, 9, 11, 10, 7, 4
  };
  private static final int FIRST_WEEKDAY = 3;
  private static final int MINUTES = 1440;

  private final SplittableRandom random;
  private final double[] zipf = new double[EventNames.COUNT];

  SessionPatterns(long seed) {
    this.random = new SplittableRandom(seed);
    double sum = 0;
    for (int rank = 0; rank < zipf.length; rank++) {
      sum += 1.0 / (rank + 1);
      zipf[rank] = sum;
    }
  }

  /** Patterns as tab-separated rows: number, names, milliseconds since the session's beginning. */
  String patterns() {
    StringBuilder rows = new StringBuilder();
    for (int pattern = 0; pattern < COUNT; pattern++) {
      StringJoiner names = new StringJoiner(",", "[", "]");
      StringJoiner times = new StringJoiner(",", "[", "]");
      int rank = drawn();
      long millis = 0;
      for (int event = 0; event < MOST_EVENTS; event++) {
        names.add("'" + EventNames.of(rank) + "'");
        times.add(Long.toString(millis));
        if (random.nextDouble() < ENDS) {
          break;
        }
        millis += 200 + (long) (-Math.log(1 - random.nextDouble()) * MEAN_GAP_MILLIS);
        int next = EventNames.next(rank);
        rank = next >= 0 && random.nextDouble() < GOES_ON ? next : drawn();
      }
      rows.append(pattern).append('\t').append(names).append('\t').append(times).append('\n');
    }
    return rows.toString();
  }

  /**
   * Minutes since the first day's midnight, ascending: more of them on weekdays and at busy hours.
   */
  List<Integer> starts(int days) {
    double[] weights = new double[days * MINUTES];
    double sum = 0;
    for (int minute = 0; minute < weights.length; minute++) {
      int weekday = (FIRST_WEEKDAY + minute / MINUTES) % 7;
      double day = weekday >= 5 ? WEEKEND : 1;
      sum += day * HOURS[minute % MINUTES / 60];
      weights[minute] = sum;
    }
    List<Integer> starts = new ArrayList<>(STARTS);
    int minute = 0;
    for (int start = 0; start < STARTS; start++) {
      while (weights[minute] < sum * (start + 0.5) / STARTS) {
        minute++;
      }
      starts.add(minute);
    }
    return starts;
  }

  private int drawn() {
    double at = random.nextDouble() * zipf[zipf.length - 1];
    int rank = 0;
    while (zipf[rank] < at) {
      rank++;
    }
    return rank;
  }
}
