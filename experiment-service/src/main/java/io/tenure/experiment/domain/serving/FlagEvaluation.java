package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Step;
import io.tenure.evaluator.Trace;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.experiment.domain.exposure.Dealt;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides flags for a user, from the flags in memory and what is known about the user. */
public final class FlagEvaluation {

  private final FlagSnapshots snapshots;
  private final KnownUsers users;
  private final KeptVariants variants;
  private final Clock clock;

  /** Evaluation of the flags in these snapshots. */
  public FlagEvaluation(
      FlagSnapshots snapshots, KnownUsers users, KeptVariants variants, Clock clock) {
    this.snapshots = snapshots;
    this.users = users;
    this.variants = variants;
    this.clock = clock;
  }

  /**
   * Decides one flag.
   *
   * @param unit login or device id; hashed, and used to look up what is stored about the user
   * @param context attributes that win over the stored traits of the same name
   * @throws Failure NOT_FOUND
   */
  public Evaluation evaluate(
      ProjectId project, String key, String unit, Map<String, Value> context) {
    return explain(project, key, unit, context, null).evaluation();
  }

  /**
   * Decides one flag and tells every step. Nothing is kept.
   *
   * @throws Failure NOT_FOUND
   */
  public Explanation explain(
      ProjectId project, String key, String unit, Map<String, Value> context) {
    return explain(project, key, unit, context, new ArrayList<>());
  }

  private Explanation explain(
      ProjectId project,
      String key,
      String unit,
      Map<String, Value> context,
      @Nullable List<Step> steps) {
    Snapshot snapshot = snapshots.of(project);
    KeptScope scope = new KeptScope(variants, project, snapshot.stickyUnits(key), steps == null);
    UserLookup lookup = new UserLookup(users, scope, unit, context);
    Instant now = clock.instant();
    Trace trace = steps == null ? null : steps::add;
    UserLookup.LookedUp subject;
    List<Outcome> outcomes;
    do {
      subject = lookup.subject();
      outcomes = snapshot.flags().decideWithOthers(key, subject, now, trace);
    } while (!lookup.kept().keep(outcomes));
    if (outcomes.isEmpty()) {
      throw Failure.notFound("flag", key);
    }
    Decided decided = new Decided(outcomes.getFirst(), subject);
    return new Explanation(
        evaluation(snapshot, decided, lookup, unit), steps == null ? List.of() : steps);
  }

  /** What was decided, and what its subject had to be asked. */
  private record Decided(Outcome outcome, UserLookup.LookedUp subject) {}

  /**
   * Decides every flag of the project, by key, unless the caller has these decisions.
   *
   * @param known etag of the decisions the caller has; empty for none
   * @param heard version of the flags the caller has heard of; empty for none
   */
  public Evaluations evaluateAll(
      ProjectId project, String unit, Map<String, Value> context, String known, String heard) {
    Snapshot snapshot = snapshots.of(project, heard);
    Instant now = clock.instant();
    KeptScope scope = new KeptScope(variants, project, snapshot.stickyUnits(), true);
    UserLookup lookup = new UserLookup(users, scope, unit, context);
    String etag = DecisionTag.of(snapshot, lookup.subject(), now);
    if (etag.equals(known)) {
      return new Evaluations(List.of(), etag, true, snapshot.version());
    }
    List<Evaluation> values =
        decideAll(snapshot, lookup, now).stream()
            .map(one -> evaluation(snapshot, one, lookup, unit))
            .toList();
    return new Evaluations(
        values,
        lookup.kept().isChanged() ? DecisionTag.of(snapshot, lookup.subject(), now) : etag,
        false,
        snapshot.version());
  }

  private static List<Decided> decideAll(Snapshot snapshot, UserLookup lookup, Instant now) {
    List<Decided> decided = new ArrayList<>();
    do {
      decided.clear();
      for (String key : snapshot.flags().keys()) {
        UserLookup.LookedUp subject = lookup.subject();
        Outcome outcome = snapshot.flags().decide(key, subject, now);
        if (outcome != null) {
          decided.add(new Decided(outcome, subject));
        }
      }
    } while (!lookup.kept().keep(decided.stream().map(Decided::outcome).toList()));
    return decided;
  }

  private static Evaluation evaluation(
      Snapshot snapshot, Decided decided, UserLookup lookup, String targetingKey) {
    Outcome outcome = decided.outcome();
    UserLookup.LookedUp subject = decided.subject();
    boolean degraded = subject.isDegraded() || (outcome.keep() != null && lookup.kept().isFailed());
    TestedRun dealing = snapshot.dealing(outcome.flag(), outcome.split()).orElse(null);
    String unit = dealing == null ? null : subject.id(dealing.unit());
    return dealing == null || unit == null
        ? new Evaluation(outcome, degraded, null, undealt(snapshot, outcome, targetingKey))
        : new Evaluation(
            outcome,
            degraded,
            dealt(dealing, outcome, unit, targetingKey),
            new Participation(dealing, unit, true));
  }

  private static Dealt dealt(TestedRun run, Outcome outcome, String unit, String targetingKey) {
    return new Dealt(
        run.split().experiment(),
        run.split().phase(),
        outcome.flag(),
        outcome.variant(),
        run.unit(),
        unit,
        targetingKey);
  }

  /** Looks nothing up: an id that decided nothing is not worth a question to another service. */
  private static @Nullable Participation undealt(
      Snapshot snapshot, Outcome outcome, String targetingKey) {
    return snapshot.runs(outcome.flag()).stream()
        .findFirst()
        .map(
            run -> new Participation(run, run.unit() == UnitType.USER ? targetingKey : null, false))
        .orElse(null);
  }

  /**
   * All decisions.
   *
   * @param values by key; empty when they are not modified
   * @param etag the same etag means the same decisions
   * @param notModified whether the caller has them
   * @param version of the flags
   */
  public record Evaluations(
      List<Evaluation> values, String etag, boolean notModified, String version) {

    /** Copies the list. */
    public Evaluations {
      values = List.copyOf(values);
    }
  }

  /** A decision, and why. */
  public record Explanation(Evaluation evaluation, List<Step> steps) {

    /** Copies the list. */
    public Explanation {
      steps = List.copyOf(steps);
    }
  }
}
