package io.tenure.profile.domain.merge;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileEditor;
import io.tenure.profile.domain.ProfileUnion;
import io.tenure.profile.domain.merge.Merge.State;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes merges final in two steps. First they can't be undone any more; then, when stored events do
 * without them, their overrides end and the hidden profiles are emptied. Each step may be repeated.
 */
public final class Finality {

  private static final int PROFILES_AT_ONCE = 500;

  private final Merges merges;
  private final Overrides overrides;
  private final IdMoves moves;
  private final ProfileEditor editor;
  private final Clock clock;

  /** Over the stores that merging uses. */
  public Finality(
      Merges merges, Overrides overrides, IdMoves moves, ProfileEditor editor, Clock clock) {
    this.merges = merges;
    this.overrides = overrides;
    this.moves = moves;
    this.editor = editor;
    this.clock = clock;
  }

  /** Merges that can be undone and were done until then, oldest first. */
  public List<Merge> ripe(ProjectId project, Instant until, int limit) {
    return merges.in(project, State.MERGED, until, limit);
  }

  /** Projects with merges done until then, or with some that are not final altogether. */
  public List<ProjectId> ready(Instant until) {
    Set<ProjectId> projects =
        new LinkedHashSet<>(merges.with(Set.of(State.FINALIZING), clock.instant()));
    projects.addAll(merges.with(Set.of(State.MERGED), until));
    return List.copyOf(projects);
  }

  /** Merges that can't be undone any more and have an override still, oldest first. */
  public List<Merge> closed(ProjectId project, int limit) {
    return merges.in(project, State.FINALIZING, clock.instant(), limit);
  }

  /** Ends undoing merges done until then. Nobody merges or undoes meanwhile. */
  public void close(ProjectId project, String holder, Instant until, int limit) {
    held(
        project,
        holder,
        () ->
            merges.save(
                ripe(project, until, limit).stream()
                    .map(merge -> merge.to(State.FINALIZING, now()))
                    .toList()));
  }

  /** Ends overrides of merges that stored events do without. */
  public void end(ProjectId project, String holder, List<Merge> closed) {
    for (int from = 0; from < closed.size(); from += PROFILES_AT_ONCE) {
      strip(
          project,
          holder + ":" + from,
          closed.subList(from, Math.min(closed.size(), from + PROFILES_AT_ONCE)));
    }
    held(
        project,
        holder,
        () -> {
          overrides.replace(project, List.of(), closed.stream().map(Merge::absorbed).toList());
          merges.save(closed.stream().map(merge -> merge.to(State.FINAL, now())).toList());
        });
  }

  /** Who was erased meanwhile has no profile. */
  private void strip(ProjectId project, String origin, List<Merge> closed) {
    List<Profile> stripped = new ArrayList<>();
    for (Merge merge : closed) {
      if (editor.find(project, merge.absorbed()).isPresent()) {
        stripped.add(editor.change(project, merge.absorbed(), ProfileUnion::strip));
      }
    }
    editor.save("final:" + origin, stripped);
  }

  private void held(ProjectId project, String holder, Runnable action) {
    moves.hold(project, holder, List.of());
    try {
      action.run();
    } finally {
      moves.end(project, holder);
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
