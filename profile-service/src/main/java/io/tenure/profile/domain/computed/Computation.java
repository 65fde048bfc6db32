package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/**
 * One run of a computed trait over all users of a project.
 *
 * @param revision counts its states, from 1
 * @param asOf events before it count
 * @param examined user numbers done
 * @param total user numbers to do
 * @param users users with a value among them
 * @param changes values that changed
 * @param error why it failed; empty otherwise
 */
public record Computation(
    ProjectId project,
    String id,
    long revision,
    String definitionId,
    State state,
    Instant asOf,
    long examined,
    long total,
    long users,
    long changes,
    String error,
    String author,
    Instant updateTime) {

  /** How far it is. */
  public enum State {
    /** Waits for its turn, or runs. */
    RUNNING,
    /** Every user is examined. */
    DONE,
    /** It stopped. */
    FAILED
  }

  static Computation start(
      ProjectId project, String id, String definitionId, Instant asOf, String author) {
    return new Computation(
        project, id, 1, definitionId, State.RUNNING, asOf, 0, 0, 0, 0, "", author, asOf);
  }

  /** One slice of users later. */
  Computation advanced(long upTo, long of, long moreUsers, long moreChanges, Instant now) {
    return new Computation(
        project,
        id,
        revision + 1,
        definitionId,
        State.RUNNING,
        asOf,
        upTo,
        of,
        users + moreUsers,
        changes + moreChanges,
        "",
        author,
        now);
  }

  Computation ended(State end, String why, Instant now) {
    return new Computation(
        project,
        id,
        revision + 1,
        definitionId,
        end,
        asOf,
        examined,
        total,
        users,
        changes,
        why,
        author,
        now);
  }
}
