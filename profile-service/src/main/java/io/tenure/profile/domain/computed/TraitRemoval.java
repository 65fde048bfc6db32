package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.TraitAssigner;
import io.tenure.profile.domain.TraitAssigner.Assignment;
import io.tenure.profile.domain.TraitChange;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.computed.ComputationTurns.Turn;
import io.tenure.profile.domain.computed.ComputedValues.Current;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends every computed value of some users at once, without a computation of all. It takes the turn
 * of the project like one, since its changes are numbered in the same log.
 */
public final class TraitRemoval {

  private static final int BATCH = 1_000;

  /** In place of the id of a computation. */
  private static final String NAME = "removal";

  private final ComputedValues values;
  private final ComputationTurns turns;
  private final TraitAssigner assigner;
  private final Clock clock;

  /** Removal over the given ports. */
  public TraitRemoval(
      ComputedValues values, ComputationTurns turns, TraitAssigner assigner, Clock clock) {
    this.values = values;
    this.turns = turns;
    this.assigner = assigner;
    this.clock = clock;
  }

  /**
   * Removes the values of users.
   *
   * @return false when somebody else computes for the project now
   */
  public boolean remove(ProjectId project, List<Long> users) {
    for (int start = 0; start < users.size(); start += BATCH) {
      List<Long> batch = users.subList(start, Math.min(start + BATCH, users.size()));
      List<Current> current = values.ofUsers(project, batch);
      if (!current.isEmpty() && !end(project, current)) {
        return false;
      }
    }
    return true;
  }

  private boolean end(ProjectId project, List<Current> current) {
    long last = values.highestOffset(project) >> TraitComputer.INDEX_BITS;
    Optional<Turn> taken = turns.take(project, last);
    if (taken.isEmpty()) {
      return false;
    }
    try (Turn turn = taken.get()) {
      Instant now = clock.instant();
      long offset = turn.number() << TraitComputer.INDEX_BITS;
      List<ComputedChange> changes = new ArrayList<>(current.size());
      for (Current one : current) {
        changes.add(
            new ComputedChange(
                project,
                one.definitionId(),
                one.userNumber(),
                one.trait(),
                TraitValue.NULL,
                now,
                offset++,
                NAME));
      }
      // The profiles first: should this end in between, the values are still found next time.
      assigner.assign(
          project,
          TraitComputer.LOG,
          changes.stream()
              .map(
                  change ->
                      new Assignment(
                          change.offset(),
                          change.userNumber(),
                          new TraitChange.Unset(change.trait())))
              .toList());
      values.add(changes);
      return true;
    }
  }
}
