package io.tenure.benchmarks.analysis;

import io.tenure.benchmarks.load.CpuTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes the time of something, and what the two processes spend on it. Linux only. */
final class Meter {

  /** Resets the peak of a process's resident memory. */
  private static final String RESET_PEAK = "5";

  private static final double KILOBYTES = 1024;

  private final Engine engine;
  private final long enginePid;
  private final long servicePid;

  Meter(Engine engine, long enginePid, long servicePid) {
    this.engine = engine;
    this.enginePid = enginePid;
    this.servicePid = servicePid;
  }

  /** Runs something so many times. */
  Cost measure(int runs, Runnable before, Runnable action) {
    List<Double> seconds = new ArrayList<>();
    double engineCpu = 0;
    double serviceCpu = 0;
    long rows = 0;
    double memory = 0;
    double serviceMemory = 0;
    for (int run = 0; run < runs; run++) {
      before.run();
      Engine.Counters counters = engine.counters();
      double resident = resetPeak(enginePid);
      double serviceResident = resetPeak(servicePid);
      double engineBefore = CpuTimes.of(enginePid).total();
      double serviceBefore = CpuTimes.of(servicePid).total();
      long start = System.nanoTime();
      action.run();
      seconds.add((System.nanoTime() - start) / 1e9);
      engineCpu += CpuTimes.of(enginePid).total() - engineBefore;
      serviceCpu += CpuTimes.of(servicePid).total() - serviceBefore;
      rows = engine.counters().since(counters).rows();
      memory = Math.max(memory, status(enginePid, "VmHWM:") - resident);
      serviceMemory = Math.max(serviceMemory, status(servicePid, "VmHWM:") - serviceResident);
    }
    return new Cost(seconds, engineCpu / runs, serviceCpu / runs, rows, memory, serviceMemory);
  }

  private static double resetPeak(long pid) {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), RESET_PEAK);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    return status(pid, "VmRSS:");
  }

  private static double status(long pid, String field) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(field))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KILOBYTES)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
