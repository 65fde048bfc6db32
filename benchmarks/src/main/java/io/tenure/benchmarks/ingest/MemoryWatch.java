package io.tenure.benchmarks.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a Java process's memory: what the system holds for it, and what is old on its heap.
 * {@code jstat} reads the latter from outside without stopping it.
 */
final class MemoryWatch implements AutoCloseable {

  private static final double KILOBYTES = 1024;

  private final Process jstat;
  private final List<Sample> samples = new ArrayList<>();
  private final Thread reader;

  /** Megabytes at a moment in minutes. */
  record Sample(double minutes, double resident, double oldHeap) {}

  MemoryWatch(long pid, int seconds) throws IOException {
    long start = System.nanoTime();
    this.jstat =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jstat").toString(),
                "-gc",
                Long.toString(pid),
                seconds + "s")
            .start();
    BufferedReader lines = jstat.inputReader(StandardCharsets.UTF_8);
    this.reader =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    int column = List.of(lines.readLine().strip().split("\\s+")).indexOf("OU");
                    for (@Nullable String line = lines.readLine();
                        line != null;
                        line = lines.readLine()) {
                      double old = Double.parseDouble(line.strip().split("\\s+")[column]);
                      synchronized (samples) {
                        samples.add(
                            new Sample(
                                (System.nanoTime() - start) / 60e9,
                                resident(pid),
                                old / KILOBYTES));
                      }
                    }
                  } catch (IOException ended) {
                    // The process or the watch has ended.
                  }
                });
  }

  List<Sample> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /** Megabytes of memory the system holds for a process. */
  static double resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KILOBYTES)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Megabytes per minute, by least squares. */
  static double slope(List<Sample> samples, java.util.function.ToDoubleFunction<Sample> value) {
    double minutes = samples.stream().mapToDouble(Sample::minutes).average().orElse(0);
    double mean = samples.stream().mapToDouble(value).average().orElse(0);
    double above = 0;
    double below = 0;
    for (Sample sample : samples) {
      above += (sample.minutes() - minutes) * (value.applyAsDouble(sample) - mean);
      below += (sample.minutes() - minutes) * (sample.minutes() - minutes);
    }
    return above / below;
  }

  @Override
  public void close() {
    jstat.destroy();
    try {
      reader.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
