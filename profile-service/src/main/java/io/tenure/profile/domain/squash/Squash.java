package io.tenure.profile.domain.squash;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One pass over a project's old merges, as far as it got.
 *
 * @param id ascending with time
 * @param revision counts its states, from 1
 * @param author who started it; empty for the nightly job
 * @param merges that become final by it
 * @param parts of the event store
 * @param closeTime since when all that is stored anew has the final numbers
 * @param endAuthor who cancelled it; empty for nobody
 */
public record Squash(
    ProjectId project,
    String id,
    long revision,
    State state,
    String author,
    long merges,
    List<Part> parts,
    Instant createTime,
    Instant closeTime,
    Instant updateTime,
    String endAuthor) {

  /** No other revision is later: cancelling wins over whoever is at work. */
  private static final long LAST = Long.MAX_VALUE;

  /** Keeps its own copy. */
  public Squash {
    parts = List.copyOf(parts);
  }

  /** How far it is. */
  public enum State {
    /** Its merges can still be undone. */
    STARTED,
    /** Stored events are being rewritten. */
    REWRITING,
    /** All are; what was on its way is awaited. */
    SETTLING,
    /** Overrides have ended. */
    DONE,
    /** Stopped; the next one goes on. */
    CANCELLED;

    /** Whether there is something left to do. */
    public boolean isOpen() {
      return switch (this) {
        case STARTED, REWRITING, SETTLING -> true;
        case DONE, CANCELLED -> false;
      };
    }
  }

  /**
   * A partition.
   *
   * @param rows to rewrite, as counted before
   */
  public record Part(String name, long rows, boolean done) {}

  static Squash start(ProjectId project, String id, String author, Instant now) {
    return new Squash(project, id, 1, State.STARTED, author, 0, List.of(), now, now, now, "");
  }

  /** Rows in partitions that are done. */
  public long rowsMoved() {
    return parts.stream().filter(Part::done).mapToLong(Part::rows).sum();
  }

  Squash closed(long merged, Map<String, Long> rows, Instant closing, Instant now) {
    return new Squash(
            project, id, revision, state, author, merged, parts, createTime, closing, now, "")
        .rewriting(rows, now);
  }

  /** With rows that are left in partitions, also in those that were done. */
  Squash rewriting(Map<String, Long> rows, Instant now) {
    Map<String, Part> all = new TreeMap<>();
    parts.forEach(part -> all.put(part.name(), part));
    rows.forEach(
        (name, left) ->
            all.merge(
                name,
                new Part(name, left, false),
                (before, more) -> new Part(name, before.rows() + left, false)));
    return at(State.REWRITING, List.copyOf(all.values()), now);
  }

  Squash done(String name, Instant now) {
    List<Part> next = new ArrayList<>();
    parts.forEach(
        part -> next.add(part.name().equals(name) ? new Part(name, part.rows(), true) : part));
    return at(state, next, now);
  }

  Squash to(State next, Instant now) {
    return at(next, parts, now);
  }

  Squash cancelled(String by, Instant now) {
    return new Squash(
        project, id, LAST, State.CANCELLED, author, merges, parts, createTime, closeTime, now, by);
  }

  private Squash at(State next, List<Part> nextParts, Instant now) {
    return new Squash(
        project,
        id,
        revision + 1,
        next,
        author,
        merges,
        nextParts,
        createTime,
        closeTime,
        now,
        endAuthor);
  }
}
