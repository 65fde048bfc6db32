package io.tenure.benchmarks.analysis;

import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the service and plain SQL in turn. */
final class Comparison {

  /** Calls before the first that counts: the stores' caches need them. */
  private static final int WARM_UPS = 3;

  /** Calls about few events before those: the compilers of the service need them. */
  private static final int EXERCISES = 30;

  private static final int COLD_RUNS = 3;

  /** A statement that takes longer than this, and longer than the service, is run once only. */
  private static final double LONG_SECONDS = 3;

  private final AnalysisPlan plan;
  private final AnalysisReport report;
  private final Engine engine;
  private final Meter meter;
  private final AnalysisServiceBlockingStub service;
  private final Path data;

  Comparison(
      AnalysisPlan plan,
      AnalysisReport report,
      Engine engine,
      Meter meter,
      AnalysisServiceBlockingStub service,
      Path data) {
    this.plan = plan;
    this.report = report;
    this.engine = engine;
    this.meter = meter;
    this.service = service;
    this.data = data;
  }

  /** Asks about a small project until the service's code is compiled, as it is after a day. */
  void exercise(String project, Question question) {
    for (int i = 0; i < EXERCISES; i++) {
      ask(project, question);
    }
  }

  void warm(String project, Question question) {
    for (int i = 0; i < WARM_UPS; i++) {
      ask(project, question);
    }
    compare(project, question, plan.runs(), Integer.MAX_VALUE, () -> {});
  }

  /** Beside the first statement only. */
  void cold(String project, Question question) {
    compare(project, question, COLD_RUNS, 1, this::dropCaches);
  }

  private void compare(
      String project, Question question, int runs, int statements, Runnable before) {
    long start = System.nanoTime();
    List<String> answer = ask(project, question);
    double longest = Math.max(LONG_SECONDS, (System.nanoTime() - start) / 1e9);
    Map<String, Cost> costs = new LinkedHashMap<>();
    Map<String, String> answers = new LinkedHashMap<>();
    Map<String, String> givenUp = new LinkedHashMap<>();
    question.statements().apply(project).entrySet().stream()
        .limit(statements)
        .forEach(
            statement -> {
              String by = statement.getKey();
              String sql = statement.getValue();
              String limited = sql + " SETTINGS max_execution_time = " + plan.limit().toSeconds();
              int times = runs;
              try {
                long asked = System.nanoTime();
                List<String> other = engine.ask(limited);
                boolean once = (System.nanoTime() - asked) / 1e9 > longest;
                times = once ? 1 : runs;
                answers.put(by, compared(question, answer, other) + (once ? ", one run" : ""));
              } catch (Unequal unequal) {
                givenUp.put(by, String.valueOf(unequal.getMessage()));
                return;
              } catch (Engine.Refused refused) {
                givenUp.put(by, refused(String.valueOf(refused.getMessage())));
                return;
              }
              costs.put(by, meter.measure(times, before, () -> engine.ask(limited)));
            });
    givenUp.forEach((by, why) -> report.givenUp(question.name(), by, why));
    if (costs.isEmpty()) {
      return;
    }
    Cost own = meter.measure(runs, before, () -> ask(project, question));
    Cost best =
        costs.values().stream().min(java.util.Comparator.comparingDouble(Cost::median)).orElse(own);
    report.row(question.name(), "service", own, best, "");
    costs.forEach(
        (by, cost) -> report.row(question.name(), by, cost, best, answers.getOrDefault(by, "")));
  }

  /** No time is told where an answer is another. */
  private static final class Unequal extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unequal(String message) {
      super(message);
    }
  }

  private String compared(Question question, List<String> answer, List<String> other) {
    List<String> lines =
        answer.size() > 1 && other.size() == 1 ? List.of(String.join("\t", answer)) : answer;
    if (lines.equals(other)) {
      return "equal";
    }
    if (question.difference().isEmpty()) {
      throw new Unequal("NOT EQUAL: " + lines + " of the service, " + other + " of plain SQL");
    }
    return question.difference() + ": " + lines + " and " + other;
  }

  private List<String> ask(String project, Question question) {
    return AnalysisBenchmark.as(project, () -> question.product().apply(service));
  }

  private String refused(String text) {
    return text.contains("TIMEOUT_EXCEEDED")
        ? "no answer within " + plan.limit().toSeconds() + " s"
        : text.substring(0, Math.min(120, text.length()));
  }

  private void dropCaches() {
    engine.ask("SYSTEM DROP MARK CACHE");
    engine.ask("SYSTEM DROP UNCOMPRESSED CACHE");
    try {
      Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1");
    } catch (IOException exception) {
      throw new UncheckedIOException(
          "Cold runs need a user who may drop the page cache", exception);
    }
  }
}
