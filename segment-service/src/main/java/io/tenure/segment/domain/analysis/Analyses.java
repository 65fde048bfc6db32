package io.tenure.segment.domain.analysis;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks models, and does around each of them what is the same for all. */
public final class Analyses {

  private final Watermark watermark;
  private final Clock clock;

  /** Analyses of the events a watermark tells about. */
  public Analyses(Watermark watermark, Clock clock) {
    this.watermark = watermark;
    this.clock = clock;
  }

  /**
   * Answers a question and says how fresh the answer is.
   *
   * @param version what {@link Watermark#version} was before
   */
  public <Q extends Question, A extends Answer, C> Answered<A> run(
      Run run, ProjectId project, Model<Q, A, C> model, Q question, String version) {
    @Nullable Instant dataTime = watermark.newestReceipt(project, version).orElse(null);
    Instant now = clock.instant();
    A answer = run.within(() -> model.run(project, question, now));
    return new Answered<>(answer, new Freshness(dataTime, now, run.rowsRead()), false);
  }

  /** Answers a question. */
  public <Q extends Question, A extends Answer, C> A answer(
      Run run, ProjectId project, Model<Q, A, C> model, Q question) {
    return run.within(() -> model.run(project, question, clock.instant()));
  }

  /** The users behind one number of the answer. */
  public <Q extends Question, A extends Answer, C> long[] users(
      Run run, ProjectId project, Model<Q, A, C> model, Q question, C cell) {
    Instant now = clock.instant();
    return run.within(() -> model.users(project, question, cell, now));
  }

  /** How many rows answering would read. */
  public <Q extends Question, A extends Answer, C> long estimate(
      ProjectId project, Model<Q, A, C> model, Q question) {
    Run run = Run.estimating();
    run.within(() -> model.run(project, question, clock.instant()));
    return run.rowsRead();
  }
}
