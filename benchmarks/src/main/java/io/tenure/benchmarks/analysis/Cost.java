package io.tenure.benchmarks.analysis;

import java.util.List;

/**
 * What answers cost.
 *
 * @param seconds from the call to the answer, of each run
 * @param engineCpu seconds of a run, mean
 * @param serviceCpu seconds of a run, mean
 * @param rows the engine read in a run
 * @param memory megabytes the engine's process grew by, at most
 * @param serviceMemory the same of the service's process
 */
record Cost(
    List<Double> seconds,
    double engineCpu,
    double serviceCpu,
    long rows,
    double memory,
    double serviceMemory) {

  Cost {
    seconds = seconds.stream().sorted().toList();
  }

  double median() {
    return seconds.get(seconds.size() / 2);
  }

  double worst() {
    return seconds.getLast();
  }

  double cpu() {
    return engineCpu + serviceCpu;
  }
}
