package io.tenure.benchmarks.analysis;

import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Four analysts ask at once while 2,000 events a second arrive. */
final class Analysts {

  private static final int ANALYSTS = 4;
  private static final int EVENTS_PER_SECOND = 2_000;
  private static final int BATCHES_PER_SECOND = 2;

  private final AnalysisPlan plan;
  private final AnalysisReport report;
  private final Engine engine;
  private final AnalysisServiceBlockingStub service;
  private long inserted;

  Analysts(
      AnalysisPlan plan,
      AnalysisReport report,
      Engine engine,
      AnalysisServiceBlockingStub service) {
    this.plan = plan;
    this.report = report;
    this.engine = engine;
    this.service = service;
  }

  void work(List<Question> questions) {
    report.line("");
    report.line(
        "**%d analysts for %d s, each asking anything of the above as soon as the last answer is"
            + " there, while %,d events a second are inserted**",
        ANALYSTS, plan.load().toSeconds(), EVENTS_PER_SECOND);
    report.line("");
    report.line("| by | answers | p50 | p95 | worst | events inserted |");
    report.line("|---|---:|---:|---:|---:|---:|");
    work(
        "service",
        questions,
        question ->
            AnalysisBenchmark.as(EventGenerator.PROJECT, () -> question.product().apply(service)));
    work(
        "plain SQL",
        questions,
        question ->
            engine.ask(
                question.statements().apply(EventGenerator.PROJECT).values().iterator().next()));
  }

  private void work(String by, List<Question> questions, Consumer<Question> asking) {
    long end = System.nanoTime() + plan.load().toNanos();
    List<Double> seconds = Collections.synchronizedList(new ArrayList<>());
    inserted = 0;
    List<Thread> threads = new ArrayList<>();
    threads.add(thread(() -> insert(end)));
    for (int analyst = 0; analyst < ANALYSTS; analyst++) {
      SplittableRandom random = new SplittableRandom(analyst);
      threads.add(
          thread(
              () -> {
                while (System.nanoTime() < end) {
                  long start = System.nanoTime();
                  asking.accept(questions.get(random.nextInt(questions.size())));
                  seconds.add((System.nanoTime() - start) / 1e9);
                }
              }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    List<Double> sorted = seconds.stream().sorted().toList();
    report.line(
        "| %s | %d | %.2f s | %.2f s | %.2f s | %,d |",
        by,
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get((int) (sorted.size() * 0.95)),
        sorted.getLast(),
        inserted);
  }

  private void insert(long end) {
    int batch = EVENTS_PER_SECOND / BATCHES_PER_SECOND;
    SplittableRandom random = new SplittableRandom(batch);
    long due = System.nanoTime();
    while (due < end) {
      StringBuilder rows = new StringBuilder();
      for (int row = 0; row < batch; row++) {
        long time = March.millis(0) + random.nextLong(30 * March.DAY_MILLIS);
        rows.append(EventGenerator.PROJECT)
            .append('\t')
            .append(EventNames.of(random.nextInt(EventNames.COUNT)))
            .append('\t')
            .append("%d.%03d".formatted(time / 1000, time % 1000))
            .append('\t')
            .append(1 + random.nextInt(1_000_000))
            .append('\t')
            .append(random.nextLong() >>> 1)
            .append("\t{'platform':'Web','amount':'12.50'}\n");
      }
      engine.insert(
          "events (project_id, name, event_time, user_number, event_key, properties)",
          rows.toString());
      inserted += batch;
      due += 1_000_000_000L / BATCHES_PER_SECOND;
      sleepUntil(due);
    }
  }

  private static void sleepUntil(long due) {
    try {
      Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .uncaughtExceptionHandler(
            (_, failure) -> {
              failure.printStackTrace();
              Runtime.getRuntime().halt(1);
            })
        .start(work);
  }
}
