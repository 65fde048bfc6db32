package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.ChangeListener;
import io.tenure.experiment.domain.Inspection;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people do with experiments: from a draft by a review to a decision. */
public final class Experiments {

  private static final int LONGEST_COMMENT = 2_000;

  private final Shelf<Experiment> shelf;
  private final Shelf<Flag> flags;
  private final Shelf<Metric> metrics;
  private final Layers layers;
  private final Holdouts holdouts;
  private final Registrar registrar;
  private final ChangeListener listener;
  private final Clock clock;

  /** Experiments on that shelf, with what they refer to. */
  public Experiments(
      Shelf<Experiment> shelf,
      Shelf<Flag> flags,
      Shelf<Metric> metrics,
      Layers layers,
      Holdouts holdouts,
      Registrar registrar,
      ChangeListener listener,
      Clock clock) {
    this.shelf = shelf;
    this.flags = flags;
    this.metrics = metrics;
    this.layers = layers;
    this.holdouts = holdouts;
    this.registrar = registrar;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Adds a draft.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, or ALREADY_EXISTS
   */
  public Stored<Experiment> create(Caller author, String key, Design design) {
    check(author.project(), key, design);
    return shelf.create(author, Experiment.draft(key, design, author.subject(), clock.instant()));
  }

  /**
   * Replaces the design, which makes it a draft again.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, NOT_FOUND, ABORTED on a stale etag, or
   *     FAILED_PRECONDITION after the start
   */
  public Stored<Experiment> update(Caller author, String key, Design design, String etag) {
    Stored<Experiment> before = current(author.project(), key, etag);
    check(author.project(), key, design);
    Experiment changed = before.content().redesigned(design, author.subject(), clock.instant());
    return shelf.update(author, changed, before.etag());
  }

  /**
   * Does the next thing with it.
   *
   * @throws Failure INVALID_ARGUMENT, NOT_FOUND, ABORTED on a stale etag, PERMISSION_DENIED when a
   *     designer approves, or FAILED_PRECONDITION when something stands in the way
   */
  public Stored<Experiment> move(
      Caller author, String key, Move move, String comment, String etag) {
    if (comment.length() > LONGEST_COMMENT) {
      throw Failure.invalid("comment", "at most 2000 characters");
    }
    ProjectId project = author.project();
    Stored<Experiment> before = current(project, key, etag);
    Experiment experiment = before.content();
    Instant now = Instant.ofEpochMilli(clock.millis());
    // Whether its state allows the move is asked first: nothing is taken for a refused one.
    Experiment moved = experiment.moved(move, author.subject(), now, comment, List.of(), "");
    switch (move) {
      case Move.Submit _ -> requireReviewable(project, experiment);
      case Move.Start _ -> moved = started(author, experiment, now, comment);
      case Move.Archive _ -> requireUnserved(project, experiment);
      case Move.Approve _,
          Move.SendBack _,
          Move.Ramp _,
          Move.Pause _,
          Move.Resume _,
          Move.Stop _,
          Move.Decide _,
          Move.Revise _ -> {}
    }
    Stored<Experiment> stored = shelf.update(author, moved, before.etag());
    if (!moved.state().isLive() && experiment.state().isLive()) {
      layers.release(author, experiment);
    }
    listener.changed(project);
    return stored;
  }

  /**
   * Removes an experiment that was never started, or is archived.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION
   */
  public void delete(Caller author, String key) {
    Experiment experiment = shelf.get(author.project(), key).content();
    boolean started = !experiment.runs().isEmpty();
    if (started && experiment.state() != State.ARCHIVED) {
      throw refused(key, "it was started; archive it first");
    }
    requireUnserved(author.project(), experiment);
    shelf.delete(author, key);
  }

  /**
   * One experiment.
   *
   * @throws Failure NOT_FOUND
   */
  public Stored<Experiment> get(ProjectId project, String key) {
    return shelf.get(project, key);
  }

  /**
   * Experiments after a key, by key, at most so many.
   *
   * @param flag only those of this flag; empty for all
   */
  public List<Stored<Experiment>> list(ProjectId project, String flag, String after, int limit) {
    return shelf.list(project).stream()
        .filter(stored -> flag.isEmpty() || stored.content().design().flag().equals(flag))
        .filter(stored -> stored.content().key().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  private Stored<Experiment> current(ProjectId project, String key, String etag) {
    Stored<Experiment> stored = shelf.get(project, key);
    if (!etag.isEmpty() && !etag.equals(stored.etag())) {
      throw Failure.of(
          Reason.ABORTED, "The experiment '" + key + "' was changed in between; read it again");
    }
    return stored;
  }

  private Experiment started(Caller author, Experiment experiment, Instant now, String comment) {
    ProjectId project = author.project();
    check(project, experiment.key(), experiment.design());
    Flag flag = requireServed(project, experiment);
    List<Part> parts = layers.claim(author, experiment);
    List<Variant> variants = flag.variants();
    String registration =
        registrar.register(experiment.key(), experiment.phase(), experiment.design(), variants);
    return experiment.moved(new Move.Start(), author.subject(), now, comment, parts, registration);
  }

  private void requireReviewable(ProjectId project, Experiment experiment) {
    if (experiment.design().hypothesis().isBlank()) {
      throw Failure.invalid("hypothesis", "is required before a review");
    }
    requireServed(project, experiment);
  }

  private Flag requireServed(ProjectId project, Experiment experiment) {
    Flag flag = flags.get(project, experiment.design().flag()).content();
    if (!flag.tests(experiment.key())) {
      throw refused(
          experiment.key(), "no rule of the flag '" + flag.key() + "' serves it; add one");
    }
    return flag;
  }

  private void requireUnserved(ProjectId project, Experiment experiment) {
    boolean served =
        flags
            .find(project, experiment.design().flag())
            .map(flag -> flag.content().tests(experiment.key()))
            .orElse(false);
    if (served) {
      throw refused(
          experiment.key(),
          "a rule of the flag '" + experiment.design().flag() + "' still serves it; replace it");
    }
  }

  private void check(ProjectId project, String key, Design design) {
    DesignInspection.check(key, design);
    Inspection inspection = new Inspection();
    inspectFlag(inspection, project, design);
    Set<String> known =
        metrics.list(project).stream()
            .map(stored -> stored.content().key())
            .collect(Collectors.toSet());
    List<String> goals = design.plan().goals();
    for (int i = 0; i < goals.size(); i++) {
      inspection.require(
          known.contains(goals.get(i)), "plan.goal_metric_keys[" + i + "]", "names no metric");
    }
    List<AnalysisPlan.Guardrail> guardrails = design.plan().guardrails();
    for (int i = 0; i < guardrails.size(); i++) {
      inspection.require(
          known.contains(guardrails.get(i).metric()),
          "plan.guardrails[" + i + "].metric_key",
          "names no metric");
    }
    layers.inspect(inspection, project, design);
    holdouts.inspect(inspection, project, design);
    inspection.end();
  }

  private void inspectFlag(Inspection inspection, ProjectId project, Design design) {
    Optional<Flag> flag = flags.find(project, design.flag()).map(Stored::content);
    inspection.require(flag.isPresent(), "flag_key", "names no flag");
    flag.ifPresent(
        known -> {
          List<String> variants = known.variants().stream().map(Variant::name).toList();
          List<Share> arms = design.arms();
          for (int i = 0; i < arms.size(); i++) {
            inspection.require(
                variants.contains(arms.get(i).variant()),
                "arms[" + i + "].variant",
                "names no variant of the flag");
          }
        });
  }

  private static Failure refused(String key, String why) {
    return Failure.of(Reason.FAILED_PRECONDITION, "The experiment '" + key + "': " + why);
  }
}
