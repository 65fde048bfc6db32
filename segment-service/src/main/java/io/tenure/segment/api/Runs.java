package io.tenure.segment.api;

import io.grpc.Context;
import io.tenure.segment.domain.analysis.Run;

/** Executions for callers. */
final class Runs {

  private Runs() {}

  /** An execution that ends when the caller leaves. */
  static Run waitedFor() {
    Run run = Run.answering();
    Context.current().addListener(_ -> run.cancel(), Runnable::run);
    return run;
  }
}
