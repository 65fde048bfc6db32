package io.tenure.profile.domain.merge;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identity;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.ProfileEditor;
import io.tenure.profile.domain.ProfileUnion;
import io.tenure.profile.domain.Release;
import io.tenure.profile.domain.merge.IdMoves.Holding;
import io.tenure.profile.domain.merge.Merge.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Merges users and takes them apart again. What is to be done is written down first; every step
 * after it can be repeated, so whoever finds it half done carries it on. From then on it is
 * answered with as far as it is, never with a failure: whoever asked again would ask for what is
 * done. One merge of a project at a time.
 */
public final class Merger {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Younger ones are in the hands of whoever wrote them down. */
  private static final Duration ABANDONED = Duration.ofSeconds(15);

  private final ProfileDirectory directory;
  private final ProfileEditor editor;
  private final IdMoves moves;
  private final Merges merges;
  private final Overrides overrides;
  private final MergeDecisions decisions;
  private final Clock clock;

  /** Merges over the given stores. */
  public Merger(
      ProfileDirectory directory,
      ProfileEditor editor,
      IdMoves moves,
      Merges merges,
      Overrides overrides,
      MergeDecisions decisions,
      Clock clock) {
    this.directory = directory;
    this.editor = editor;
    this.moves = moves;
    this.merges = merges;
    this.overrides = overrides;
    this.decisions = decisions;
    this.clock = clock;
  }

  /**
   * Merges two users.
   *
   * @param one login id, device id or {@code user_number:N}
   * @param other likewise
   * @param automatic whether the identity plan asks for it
   * @return the merge, done or still under way
   * @throws Failure NOT_FOUND when nobody has an id, FAILED_PRECONDITION when both are one user
   */
  public Merge merge(
      ProjectId project,
      String one,
      String other,
      boolean automatic,
      String author,
      String reason) {
    Instant now = now();
    String id =
        String.format(Locale.ROOT, "%013d-%.8s", now.toEpochMilli(), UUID.randomUUID().toString());
    return held(
        project,
        id,
        () -> {
          Pair pair = pair(project, one, other);
          Merge merge =
              new Merge(
                  project,
                  id,
                  1,
                  pair.survivor().user().number(),
                  pair.absorbed().user().number(),
                  State.MERGING,
                  automatic,
                  author,
                  reason,
                  now,
                  now,
                  "");
          return standing(begin(save(merge)));
        });
  }

  /** The two users two ids stand for, the one that would survive first. */
  Pair pair(ProjectId project, String one, String other) {
    List<String> ids = List.of(one, other);
    List<Profile> found =
        directory.find(project, ids).stream().flatMap(profile -> profile.stream()).toList();
    if (found.size() < ids.size()) {
      throw Failure.of(Reason.NOT_FOUND, "Nobody has one of the two ids");
    }
    if (found.getFirst().user().equals(found.getLast().user())) {
      throw Failure.of(Reason.FAILED_PRECONDITION, "Both ids are of one user already");
    }
    return Pair.of(found.getFirst(), found.getLast());
  }

  /**
   * Undoes a merge.
   *
   * @return the merge, undone or still under way
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION when it is undone or final, or its survivor
   *     was merged into somebody since
   */
  public Merge undo(ProjectId project, String id, String author) {
    return held(
        project,
        id,
        () -> {
          Merge merge = requireUndoable(project, id);
          return begin(save(merge.by(author, State.UNDOING, now())));
        });
  }

  /** The merge, when it can be undone. */
  Merge requireUndoable(ProjectId project, String id) {
    Merge merge = merges.find(project, id).orElseThrow(() -> Failure.notFound("merge", id));
    switch (merge.state()) {
      case UNDOING, UNDONE -> throw refused("The merge is undone already");
      case FINALIZING, FINAL ->
          throw refused("The merge is final since it left the undo window; it can't be undone");
      case MERGING -> throw Failure.unavailable("The merge is still under way", PAUSE);
      case MERGED -> {}
    }
    new MergeTree(merges.holding(project))
        .above(merge.survivor())
        .ifPresent(
            later -> {
              throw refused("The survivor was merged itself; undo merge " + later.id() + " first");
            });
    return merge;
  }

  /**
   * Carries on what was begun and never finished.
   *
   * @return as far as it is now
   */
  public List<Merge> recover() {
    Instant until = now().minus(ABANDONED);
    return Stream.of(State.MERGING, State.UNDOING)
        .flatMap(state -> merges.in(state).stream())
        .filter(open -> !open.updateTime().isAfter(until))
        .map(open -> held(open.project(), open.id(), () -> carryOn(open)))
        .toList();
  }

  /** Somebody else may have done so meanwhile. */
  private Merge carryOn(Merge open) {
    Merge latest = latest(open);
    return latest.state() == open.state() ? complete(latest) : latest;
  }

  /** Whatever stops it, what is written down is carried on. */
  private Merge begin(Merge written) {
    try {
      return complete(written);
    } catch (Failure failure) {
      if (failure.reason() != Reason.UNAVAILABLE) {
        throw failure;
      }
      return written;
    }
  }

  private static Merge standing(Merge merge) {
    if (merge.state() == State.UNDONE) {
      throw Failure.unavailable("One of the two users was merged with another just now", PAUSE);
    }
    return merge;
  }

  private Merge latest(Merge merge) {
    return merges.find(merge.project(), merge.id()).orElse(merge);
  }

  private Merge complete(Merge merge) {
    return merge.state() == State.UNDOING ? completeUndo(merge) : completeMerge(merge);
  }

  private Merge completeMerge(Merge merge) {
    ProjectId project = merge.project();
    Profile before = require(project, merge.absorbed());
    if (isOutrun(merge, before)) {
      return save(merge.to(State.UNDONE, now()));
    }
    Holding holding = moves.hold(project, merge.id(), Identity.of(before));
    Set<Identity> leaving = holding.of(merge.absorbed());
    Set<Release> releases = holding.releases(leaving);
    Profile hidden =
        editor.change(
            project,
            merge.absorbed(),
            (profile, now) -> ProfileUnion.hide(profile, merge.survivor(), releases, now));
    Profile whole = absorb(merge, hidden);
    // What was applied to the hidden profile until the survivor knew of it.
    Profile latest = require(project, merge.absorbed());
    whole = latest.revision() == hidden.revision() ? whole : absorb(merge, latest);
    editor.save("merge:" + merge.id(), List.of(latest, whole));
    decisions.merged(merge, leaving);
    writeOverrides(merge);
    return moves.move(project, merge.id(), merge.absorbed(), merge.survivor(), leaving)
        ? save(merge.to(State.MERGED, now()))
        : latest(merge);
  }

  /**
   * Whether the hold lapsed while the merge was written down, and another one of the same users
   * came in between. Nothing of this one is done then, now or later.
   */
  private boolean isOutrun(Merge merge, Profile absorbed) {
    return absorbed.merging().isMerged()
        ? absorbed.merging().into() != merge.survivor()
        : require(merge.project(), merge.survivor()).merging().isMerged();
  }

  private Profile absorb(Merge merge, Profile hidden) {
    return editor.change(
        merge.project(),
        merge.survivor(),
        (profile, now) -> ProfileUnion.absorb(profile, hidden, merge.why(), now));
  }

  private Merge completeUndo(Merge merge) {
    ProjectId project = merge.project();
    Profile hidden = require(project, merge.absorbed());
    if (hidden.merging().isMerged()) {
      absorb(merge, hidden);
    }
    Holding holding = moves.hold(project, merge.id(), Identity.of(hidden));
    Set<Identity> returning = holding.of(merge.survivor());
    Set<Identity> own = holding.of(merge.absorbed());
    own.addAll(returning);
    Profile shown =
        editor.change(
            project, merge.absorbed(), (profile, now) -> ProfileUnion.show(profile, own, now));
    Profile rest =
        editor.change(
            project,
            merge.survivor(),
            (profile, now) ->
                ProfileUnion.separate(
                    profile, hidden, returning, holding.releases(returning), now));
    editor.save("undo:" + merge.id(), List.of(shown, rest));
    decisions.separated(merge, returning);
    writeOverrides(merge);
    return moves.move(project, merge.id(), merge.survivor(), merge.absorbed(), returning)
        ? save(merge.to(State.UNDONE, now()))
        : latest(merge);
  }

  private void writeOverrides(Merge merge) {
    MergeTree tree = new MergeTree(merges.holding(merge.project()));
    overrides.replace(
        merge.project(),
        tree.overrides(merge.absorbed()),
        merge.state().holds() ? List.of() : List.of(merge.absorbed()));
  }

  private Merge save(Merge next) {
    merges.save(next);
    return next;
  }

  private Profile require(ProjectId project, long number) {
    return editor
        .find(project, number)
        .orElseThrow(() -> Failure.notFound("profile", "user_number:" + number));
  }

  private Merge held(ProjectId project, String holder, Supplier<Merge> action) {
    moves.hold(project, holder, List.of());
    try {
      return action.get();
    } finally {
      moves.end(project, holder);
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private static Failure refused(String why) {
    return Failure.of(Reason.FAILED_PRECONDITION, why);
  }

  /**
   * Two users and who of them survives: the one with a login; when both have one, or neither, the
   * one with the lower number, who was seen first.
   */
  record Pair(Profile survivor, Profile absorbed) {

    static Pair of(Profile one, Profile other) {
      boolean oneSignedIn = !one.loginId().isEmpty();
      boolean otherSignedIn = !other.loginId().isEmpty();
      boolean first =
          oneSignedIn == otherSignedIn ? one.user().number() < other.user().number() : oneSignedIn;
      return first ? new Pair(one, other) : new Pair(other, one);
    }
  }
}
