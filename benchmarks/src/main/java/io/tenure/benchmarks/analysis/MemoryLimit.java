package io.tenure.benchmarks.analysis;

import io.grpc.StatusRuntimeException;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import java.util.List;

/**
 * A question that needs more memory than there is must end with a clear error, and nothing else.
 */
final class MemoryLimit {

  private final AnalysisReport report;
  private final Engine engine;
  private final AnalysisServiceBlockingStub service;

  MemoryLimit(AnalysisReport report, Engine engine, AnalysisServiceBlockingStub service) {
    this.report = report;
    this.engine = engine;
    this.service = service;
  }

  void check() {
    report.line("");
    report.line("**Memory**");
    report.line("");
    Question large = TrendQuestions.all().getLast();
    Question small = FunnelQuestions.all().getFirst();
    report.line("* %s: %s", large.name(), outcome(large));
    report.line("* the next question, %s: %s", small.name(), outcome(small));
    report.line("* the engine: %s", engine.ask("SELECT 'answers'").getFirst());
  }

  private String outcome(Question question) {
    try {
      List<String> answer =
          AnalysisBenchmark.as(EventGenerator.PROJECT, () -> question.product().apply(service));
      return "answered, " + answer.size() + " lines";
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode() + ", " + refused.getStatus().getDescription();
    }
  }
}
