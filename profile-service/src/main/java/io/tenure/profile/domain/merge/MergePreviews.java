package io.tenure.profile.domain.merge;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identity;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileEditor;
import io.tenure.profile.domain.ProfileUnion;
import io.tenure.profile.domain.ProfileUnion.Why;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.merge.Merger.Pair;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says what a merge or its undoing would do, without doing it. */
public final class MergePreviews {

  private final Merger merger;
  private final MergedUsers users;
  private final ProfileEditor editor;
  private final StoredEvents events;
  private final Owning owning;
  private final Clock clock;

  /** Previews of what the merger would do. */
  public MergePreviews(
      Merger merger,
      MergedUsers users,
      ProfileEditor editor,
      StoredEvents events,
      Owning owning,
      Clock clock) {
    this.merger = merger;
    this.users = users;
    this.editor = editor;
    this.events = events;
    this.owning = owning;
    this.clock = clock;
  }

  /**
   * What a merge would do.
   *
   * @throws io.tenure.platform.failure.Failure as {@link Merger#merge}
   */
  public Preview merge(ProjectId project, String one, String other) {
    Pair pair = merger.pair(project, one, other);
    Instant now = clock.instant();
    Profile whole =
        ProfileUnion.absorb(pair.survivor(), pair.absorbed(), new Why("", "", "", now), now);
    return new Preview(
        pair.survivor(),
        whole,
        pair.absorbed(),
        Identity.of(pair.absorbed()),
        events.count(project, users.numbers(project, pair.absorbed().user().number())),
        contested(pair.survivor(), pair.absorbed()));
  }

  /**
   * What undoing would do.
   *
   * @throws io.tenure.platform.failure.Failure as {@link Merger#undo}
   */
  public Preview undo(ProjectId project, String id) {
    Merge merge = merger.requireUndoable(project, id);
    Profile whole = editor.find(project, merge.survivor()).orElseThrow();
    Profile hidden = editor.find(project, merge.absorbed()).orElseThrow();
    Set<Identity> returning = new LinkedHashSet<>(Identity.of(hidden));
    returning.removeIf(one -> owning.owner(project, one) != merge.survivor());
    Profile rest = ProfileUnion.separate(whole, hidden, returning, Set.of(), clock.instant());
    return new Preview(
        whole,
        rest,
        hidden,
        List.copyOf(returning),
        events.count(project, users.numbers(project, merge.absorbed())),
        List.of());
  }

  /** Traits both have with different values: the survivor's stay. */
  private static List<TraitDifference> contested(Profile survivor, Profile absorbed) {
    List<TraitDifference> contested = new ArrayList<>();
    for (String name : new TreeSet<>(absorbed.traits().keySet())) {
      Optional<TraitValue> kept = Optional.ofNullable(survivor.traits().get(name));
      Optional<TraitValue> other = Optional.ofNullable(absorbed.traits().get(name));
      if (kept.isPresent() && !kept.equals(other)) {
        contested.add(new TraitDifference(name, kept, other));
      }
    }
    return contested;
  }

  /**
   * What would change.
   *
   * @param before the survivor now
   * @param after the survivor then
   * @param other the user who joins or leaves, as it would be on its own
   * @param ids that would change hands
   * @param events stored events that would count for the other side
   * @param contested traits of both with different values; none for undoing
   */
  public record Preview(
      Profile before,
      Profile after,
      Profile other,
      List<Identity> ids,
      long events,
      List<TraitDifference> contested) {

    /** Traits of the survivor that would have another value. */
    public List<TraitDifference> changes() {
      Set<String> names = new TreeSet<>(before.traits().keySet());
      names.addAll(after.traits().keySet());
      List<TraitDifference> changes = new ArrayList<>();
      for (String name : names) {
        Optional<TraitValue> old = Optional.ofNullable(before.traits().get(name));
        Optional<TraitValue> next = Optional.ofNullable(after.traits().get(name));
        if (!old.equals(next)) {
          changes.add(new TraitDifference(name, old, next));
        }
      }
      return changes;
    }
  }

  /** Two values of a trait, of which one may be missing. */
  public record TraitDifference(
      String name, Optional<TraitValue> one, Optional<TraitValue> other) {}

  /** Counts stored events. */
  public interface StoredEvents {

    /** How many carry one of the numbers. */
    long count(ProjectId project, List<Long> numbers);
  }

  /** Says who has an id now. */
  public interface Owning {

    /** The user's number; 0 when nobody has the id. */
    long owner(ProjectId project, Identity id);
  }
}
