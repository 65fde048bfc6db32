package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.ProjectChoice;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where a record is accepted or rejected: the screen, its shape, then one step after another, then
 * the log, which finds what was sent before. When {@link #take} returns, everything is on disk.
 * Each step sees all records of a request before the next one runs, so that it can be timed without
 * looking at a clock for every record.
 */
public final class Intake {

  private final Screen screen;
  private final Shape shape;
  private final List<Step> steps;
  private final EventLog log;
  private final IntakeMetrics metrics;
  private final IntakeObserver observer;
  private final Objecting objecting;

  /**
   * An intake.
   *
   * @param screen run first, on unreadable records too
   * @param steps run in this order; the first rejection counts
   * @param objecting whose records must not even be kept aside
   */
  public Intake(
      Screen screen,
      Shape shape,
      List<Step> steps,
      EventLog log,
      IntakeMetrics metrics,
      IntakeObserver observer,
      Objecting objecting) {
    this.objecting = objecting;
    this.screen = screen;
    this.shape = shape;
    this.steps = List.copyOf(steps);
    this.log = log;
    this.metrics = metrics;
    this.observer = observer;
  }

  /** An intake for people who all agree. */
  public Intake(
      Screen screen,
      Shape shape,
      List<Step> steps,
      EventLog log,
      IntakeMetrics metrics,
      IntakeObserver observer) {
    this(screen, shape, steps, log, metrics, observer, Objecting.NOBODY);
  }

  /** An intake that nobody watches and that looks for nothing forbidden. */
  public Intake(Shape shape, List<Step> steps, EventLog log, IntakeMetrics metrics) {
    this(Screen.OPEN, shape, steps, log, metrics, IntakeObserver.NOBODY);
  }

  /**
   * Judges the records of one request and writes them down, all or nothing.
   *
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE when the log can't take them; the sender
   *     must try again
   */
  public Receipt take(ProjectId project, List<Draft> drafts) {
    boolean watched = observer.watches(project);
    Trials trials = judged(drafts, watched, metrics::ran, Step::judge);
    Receipt receipt = write(trials.submission(project));
    if (watched) {
      show(trials, trials.outcomes(receipt));
    }
    return receipt;
  }

  /**
   * Like {@link #take}, for a sender who wants to know about each record.
   *
   * @return what became of the records, in their order
   */
  public List<Outcome> takeEach(ProjectId project, List<Draft> drafts) {
    boolean watched = observer.watches(project);
    Trials trials = judged(drafts, watched, metrics::ran, Step::judge);
    List<Outcome> outcomes = trials.outcomes(write(trials.submission(project)));
    if (watched) {
      show(trials, outcomes);
    }
    return outcomes;
  }

  /**
   * Judges records without writing or counting anything.
   *
   * @return what would become of the records, in their order; a duplicate counts as accepted
   */
  public List<Outcome> explain(List<Draft> drafts) {
    return judged(drafts, false, run -> {}, Step::explain).outcomes(Receipt.NOTHING);
  }

  /** What all steps say about records; nothing is written, counted or learned. */
  public List<Verdict> judge(List<Draft> drafts) {
    return judged(drafts, false, run -> {}, Step::explain).all().stream()
        .map(Trial::lastWord)
        .toList();
  }

  /** Writes records that are judged already, as a replay does. */
  public Receipt take(Submission submission) {
    return write(submission);
  }

  /** Counts a body that was not read to its end. */
  public Receipt refuse(ProjectId project, RefuseReason reason) {
    return write(new Submission(project, List.of(), Map.of(reason, 1)));
  }

  /** Judging in earnest, or only to explain. */
  private interface Asking {
    Verdict ask(Step step, Draft draft, LogRecord.Accepted record);
  }

  /** All steps but the log, which looks for duplicates. */
  private Trials judged(
      List<Draft> drafts, boolean watched, Consumer<StepRun> runs, Asking asking) {
    Trials trials = new Trials(drafts.stream().map(ProjectChoice::settle).toList(), watched);
    Screen.Look look = screen.look();
    runs.accept(trials.run(StepName.C3, trial -> look.judge(trial.draft()).orElse(null)));
    runs.accept(trials.run(StepName.SHAPE, trial -> shape.judge(trial.draft())));
    for (Step each : steps) {
      Step step = each.forRequest();
      runs.accept(
          trials.run(
              step.name(),
              trial ->
                  trial.verdict() instanceof Verdict.Accept accept
                      ? asking.ask(step, trial.draft(), accept.accepted())
                      : trial.verdict()));
    }
    trials.forgetAsideOf(objecting);
    return trials;
  }

  private void show(Trials trials, List<Outcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      Trial trial = trials.all().get(i);
      Verdict verdict = trial.lastWord();
      boolean forbidden =
          verdict instanceof Verdict.Refuse refuse
              && (refuse.reason() == RefuseReason.C3_DATA
                  || refuse.reason() == RefuseReason.CONSENT_WITHDRAWN);
      observer.judged(
          forbidden ? screen.masked(trial.draft()) : trial.draft(),
          trial.outcomes(),
          verdict,
          outcomes.get(i));
    }
  }

  private Receipt write(Submission submission) {
    Receipt receipt = log.append(submission);
    metrics.taken(receipt);
    return receipt;
  }
}
