package io.tenure.benchmarks.flag;

import io.tenure.benchmarks.Machine;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Checks that all evaluators decide the same thing, times them in one run, and prints a table. */
public final class FlagReport {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private FlagReport() {}

  /**
   * Runs and prints.
   *
   * @param options {@code check} checks and times nothing; {@code ours} leaves the peers out
   */
  public static void run(String options) throws RunnerException, IOException, InterruptedException {
    QuietLogs.set();
    boolean peers = !options.contains("ours");
    check(peers);
    if (options.contains("check")) {
      return;
    }
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(FlagEvaluationBenchmark.class.getName() + "\\." + included(peers))
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Map<String, GrowthBook.Time> growthBook = peers ? GrowthBook.run() : Map.of();
    System.out.println(Machine.describe());
    System.out.println("| call | ns | +- | bytes | times ours |");
    System.out.println("|---|---|---|---|---|");
    Map<String, RunResult> byName = new TreeMap<>();
    results.forEach(result -> byName.put(result.getPrimaryResult().getLabel(), result));
    for (String question : List.of("split", "plain")) {
      print(question, byName, growthBook);
    }
    print("bucket", of(byName, "bucket"), of(byName, "split"));
  }

  private static String included(boolean peers) {
    return peers ? ".*" : "(bucket|plain|split)$";
  }

  /** GrowthBook's script checks itself before it times. */
  private static void check(boolean peers) {
    check(new TenureEvaluator());
    if (peers) {
      check(new UnleashEvaluator());
      check(new FlagdEvaluator());
    }
  }

  private static void check(Evaluator evaluator) {
    try (evaluator) {
      EvaluatorCheck.check(evaluator);
    }
  }

  private static void print(
      String question, Map<String, RunResult> byName, Map<String, GrowthBook.Time> growthBook) {
    RunResult ours = of(byName, question);
    String ending = question.substring(0, 1).toUpperCase(Locale.ROOT) + question.substring(1);
    byName.forEach(
        (name, result) -> {
          if (name.equals(question) || name.endsWith(ending)) {
            print(name, result, ours);
          }
        });
    GrowthBook.Time time = growthBook.get(question);
    if (time != null) {
      System.out.printf(
          Locale.ROOT,
          "| growthbook%s (Node) | %.1f | %.1f | | %.1f |%n",
          ending,
          time.nanoseconds(),
          time.error(),
          time.nanoseconds() / ours.getPrimaryResult().getScore());
    }
  }

  private static RunResult of(Map<String, RunResult> byName, String name) {
    return Objects.requireNonNull(byName.get(name));
  }

  private static void print(String name, RunResult result, RunResult ours) {
    Result<?> time = result.getPrimaryResult();
    Result<?> bytes = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED));
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %.2f |%n",
        name,
        time.getScore(),
        time.getScoreError(),
        bytes.getScore(),
        time.getScore() / ours.getPrimaryResult().getScore());
  }
}
