package io.tenure.benchmarks;

import io.tenure.benchmarks.analysis.AnalysisBenchmark;
import io.tenure.benchmarks.flag.FlagReport;
import io.tenure.benchmarks.ingest.IngestBenchmark;
import io.tenure.benchmarks.profile.ProfileBenchmark;
import io.tenure.benchmarks.serving.EqualityBenchmark;
import io.tenure.benchmarks.serving.ServingBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a benchmark and prints, after the machine it ran on, each result beside its ratio to a
 * baseline. Ratios travel between machines; times do not.
 */
public final class Benchmarks {

  private Benchmarks() {}

  /**
   * Runs {@code flag}, {@code statistics}, {@code ingest}, {@code profile}, {@code analysis},
   * {@code serving} or {@code equality}.
   */
  public static void main(String[] arguments)
      throws RunnerException, IOException, InterruptedException, ExecutionException {
    String name = arguments.length == 0 ? "flag" : arguments[0];
    switch (name) {
      case "flag" -> FlagReport.run(System.getProperty("benchmark.options", ""));
      case "statistics" -> compare(StatisticsBenchmark.class, "differences");
      case "ingest" ->
          IngestBenchmark.run(
              System.getProperty("benchmark.options", ""), Path.of("target", "ingest"));
      case "profile" ->
          ProfileBenchmark.run(
              System.getProperty("benchmark.options", ""), Path.of("target", "profile"));
      case "analysis" ->
          AnalysisBenchmark.run(
              System.getProperty("benchmark.options", ""), Path.of("target", "analysis"));
      case "serving" ->
          ServingBenchmark.run(
              System.getProperty("benchmark.options", ""), Path.of("target", "serving"));
      case "equality" ->
          EqualityBenchmark.run(
              System.getProperty("benchmark.options", ""), Path.of("target", "equality"));
      default -> throw new IllegalArgumentException("There is no benchmark '" + name + "'");
    }
  }

  private static void compare(Class<?> benchmark, String baseline) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(benchmark.getName())
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    double least =
        results.stream()
            .filter(result -> result.getPrimaryResult().getLabel().equals(baseline))
            .mapToDouble(result -> result.getPrimaryResult().getScore())
            .findFirst()
            .orElseThrow();
    System.out.println(Machine.describe());
    for (RunResult result : results) {
      var score = result.getPrimaryResult();
      System.out.printf(
          Locale.ROOT,
          "%-16s %9.1f ± %.1f %s  %5.2f x %s%n",
          score.getLabel(),
          score.getScore(),
          score.getScoreError(),
          score.getScoreUnit(),
          score.getScore() / least,
          baseline);
    }
  }
}
