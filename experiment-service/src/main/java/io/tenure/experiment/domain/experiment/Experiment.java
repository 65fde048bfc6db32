package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.Shares;
import io.tenure.experiment.domain.Keyed;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Variants of a flag that are dealt to units by chance, to learn what they do.
 *
 * @param key stable and unique in its project
 * @param design what it is to be
 * @param state where it stands
 * @param phase the run it is in, was in or stands before; every run deals anew
 * @param runs one for each phase that was started
 * @param designers everybody who had a hand in the design since its last revision
 * @param changes everything that was done, the oldest first
 */
public record Experiment(
    String key,
    Design design,
    State state,
    int phase,
    List<Run> runs,
    Set<String> designers,
    List<Change> changes)
    implements Keyed {

  /** Copies the collections. */
  public Experiment {
    designers = Set.copyOf(designers);
    runs = List.copyOf(runs);
    changes = List.copyOf(changes);
  }

  /** A first draft. */
  static Experiment draft(String key, Design design, String author, Instant now) {
    return new Experiment(
        key,
        design,
        State.DRAFT,
        1,
        List.of(),
        Set.of(author),
        List.of(new Change("create", null, State.DRAFT, author, now, "")));
  }

  /** The run of its phase; null before the start. */
  public @Nullable Run run() {
    return runs.size() == phase ? runs.getLast() : null;
  }

  private Run started() {
    Run run = run();
    if (run == null) {
      throw new IllegalStateException("The experiment '" + key + "' has no run");
    }
    return run;
  }

  /**
   * Another design, which makes it a draft again.
   *
   * @throws Failure FAILED_PRECONDITION after the start
   */
  Experiment redesigned(Design changed, String author, Instant now) {
    if (!state.isDesign()) {
      throw refused("its design was registered at the start; stop and revise it for another run");
    }
    Set<String> hands = new HashSet<>(designers);
    hands.add(author);
    return new Experiment(key, changed, State.DRAFT, phase, runs, hands, changes)
        .noted("update", state, author, now, "");
  }

  /**
   * What becomes of it. Whether everything around it is in place is for {@link Experiments} to say.
   *
   * @param parts what it owns of its layer when it starts
   * @param registration its design as text when it starts
   * @throws Failure FAILED_PRECONDITION when its state does not allow the move, PERMISSION_DENIED
   *     when a designer approves, INVALID_ARGUMENT for a share or variant it cannot have
   */
  Experiment moved(
      Move move,
      String author,
      Instant now,
      String comment,
      List<Part> parts,
      String registration) {
    Experiment next =
        switch (move) {
          case Move.Submit _ -> from(State.DRAFT).to(State.IN_REVIEW).by(author);
          case Move.Approve _ -> from(State.IN_REVIEW).approvedBy(author);
          case Move.SendBack _ -> from(State.IN_REVIEW, State.APPROVED).to(State.DRAFT);
          case Move.Start _ ->
              from(State.APPROVED)
                  .to(State.RUNNING)
                  .with(Run.begin(now, design.ramp(), parts, registration));
          case Move.Ramp(int share) -> from(State.RUNNING).ramped(share, now);
          case Move.Pause _ -> from(State.RUNNING).to(State.PAUSED).with(started().paused(now));
          case Move.Resume _ -> from(State.PAUSED).to(State.RUNNING).with(started().resumed(now));
          case Move.Stop _ ->
              from(State.RUNNING, State.PAUSED).to(State.STOPPED).with(started().stopped(now));
          case Move.Decide(String variant) -> from(State.STOPPED).decided(variant);
          case Move.Revise _ -> from(State.STOPPED).revised(author);
          case Move.Archive _ -> from(State.DRAFT, State.STOPPED, State.DECIDED).to(State.ARCHIVED);
        };
    return next.noted(move.action(), state, author, now, comment);
  }

  private Experiment from(State... allowed) {
    if (!Set.of(allowed).contains(state)) {
      throw refused("it is " + state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    }
    return this;
  }

  private Experiment to(State next) {
    return new Experiment(key, design, next, phase, runs, designers, changes);
  }

  private Experiment with(Run next) {
    List<Run> all = new ArrayList<>(runs.subList(0, phase - 1));
    all.add(next);
    return new Experiment(key, design, state, phase, all, designers, changes);
  }

  private Experiment by(String author) {
    Set<String> hands = new HashSet<>(designers);
    hands.add(author);
    return new Experiment(key, design, state, phase, runs, hands, changes);
  }

  private Experiment approvedBy(String author) {
    if (designers.contains(author)) {
      throw Failure.of(
          Reason.PERMISSION_DENIED,
          "The experiment '" + key + "' must be approved by somebody who did not design it");
    }
    return to(State.APPROVED);
  }

  private Experiment ramped(int share, Instant now) {
    int current = started().share(now);
    if (share <= current || share > Shares.WHOLE) {
      throw Failure.invalid(
          "ramp.share", "must be above the current " + current + " and at most " + Shares.WHOLE);
    }
    return with(started().ramp(share, now));
  }

  private Experiment decided(String variant) {
    if (!variant.isEmpty()
        && design.arms().stream().map(Share::variant).noneMatch(variant::equals)) {
      throw Failure.invalid("decide.variant", "must be one of the experiment's variants, or empty");
    }
    return to(State.DECIDED).with(started().decided(variant));
  }

  private Experiment revised(String author) {
    return new Experiment(key, design, State.DRAFT, phase + 1, runs, Set.of(author), changes);
  }

  private Experiment noted(
      String action, State before, String author, Instant now, String comment) {
    List<Change> noted = new ArrayList<>(changes);
    noted.add(new Change(action, before, state, author, now, comment));
    return new Experiment(key, design, state, phase, runs, designers, noted);
  }

  private Failure refused(String why) {
    return Failure.of(Reason.FAILED_PRECONDITION, "The experiment '" + key + "': " + why);
  }
}
