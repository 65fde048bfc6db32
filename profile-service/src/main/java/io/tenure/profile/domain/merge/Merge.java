package io.tenure.profile.domain.merge;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.ProfileUnion.Why;
import java.time.Instant;

/**
 * One user turned out to be another.
 *
 * @param id ascending with time
 * @param revision counts its states, from 1
 * @param survivor the user that stays
 * @param absorbed the user that is part of it from now on
 * @param automatic whether the project's identity plan asked for it
 * @param author who merged; empty for the plan
 * @param reason why, in the author's words
 * @param endAuthor who took them apart again; empty for nobody
 */
public record Merge(
    ProjectId project,
    String id,
    long revision,
    long survivor,
    long absorbed,
    State state,
    boolean automatic,
    String author,
    String reason,
    Instant createTime,
    Instant updateTime,
    String endAuthor) {

  /** How far it is. */
  public enum State {
    /** Under way; whoever finds it so carries it on. */
    MERGING,
    /** Done, and can be undone. */
    MERGED,
    /** Being undone. */
    UNDOING,
    /** Undone; both users are on their own. */
    UNDONE,
    /** Not to be undone any more; stored events still need the override. */
    FINALIZING,
    /** For good: stored events have the survivor's number, and the override has ended. */
    FINAL;

    /** Whether an override makes, or is about to make, the absorbed user part of the survivor. */
    public boolean holds() {
      return switch (this) {
        case MERGING, MERGED, FINALIZING -> true;
        case UNDOING, UNDONE, FINAL -> false;
      };
    }
  }

  Merge to(State next, Instant now) {
    return by(endAuthor, next, now);
  }

  Merge by(String ending, State next, Instant now) {
    return new Merge(
        project,
        id,
        revision + 1,
        survivor,
        absorbed,
        next,
        automatic,
        author,
        reason,
        createTime,
        now,
        ending);
  }

  Why why() {
    return new Why(id, author, reason, createTime);
  }
}
