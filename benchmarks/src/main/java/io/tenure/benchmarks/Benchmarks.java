package io.tenure.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints, after the machine they ran on, each time beside its ratio to the
 * baseline. Ratios travel between machines; times do not.
 */
public final class Benchmarks {

  private static final String BASELINE = "bucket";

  private Benchmarks() {}

  /** Runs all of them. */
  public static void main(String[] arguments) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(FlagEvaluationBenchmark.class.getName())
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    double baseline =
        results.stream()
            .filter(result -> result.getPrimaryResult().getLabel().equals(BASELINE))
            .mapToDouble(result -> result.getPrimaryResult().getScore())
            .findFirst()
            .orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%s %s, %d processors, Java %s, load %.1f%n",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.runtime.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    for (RunResult result : results) {
      var score = result.getPrimaryResult();
      System.out.printf(
          Locale.ROOT,
          "%-16s %9.1f ± %.1f ns  %5.2f x %s%n",
          score.getLabel(),
          score.getScore(),
          score.getScoreError(),
          score.getScore() / baseline,
          BASELINE);
    }
  }
}
