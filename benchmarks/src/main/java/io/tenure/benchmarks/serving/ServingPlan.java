package io.tenure.benchmarks.serving;

import java.time.Duration;
import java.util.List;

/**
 * What a serving benchmark measures.
 *
 * @param flags how many there are
 * @param rates requests a second of the open loop, one after the other
 * @param warmUp at the highest rate before anything is measured
 * @param measure time of one measurement
 * @param changes how many changes of a flag are followed, in each direction
 */
record ServingPlan(int flags, List<Double> rates, Duration warmUp, Duration measure, int changes) {

  /** From {@code name=value} words. */
  static ServingPlan of(String text) {
    Options options = new Options(text);
    ServingPlan plan =
        new ServingPlan(
            options.number("flags", "200"),
            options.numbers("rates", "50,100,200"),
            Duration.ofSeconds(options.number("warm-up", "30")),
            Duration.ofSeconds(options.number("measure", "20")),
            options.number("changes", "200"));
    options.end();
    return plan;
  }

  double highestRate() {
    return rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
