package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.tally.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up attempts, user by user. What a user did and where they were lost is decided here only, so
 * a number and the list of users behind it cannot differ.
 */
final class FunnelTally {

  private final FunnelQuery query;
  private final long[] attempts;
  private final long[] users;
  private final long[] lostUsers;
  private final List<Samples> gaps;

  /** One bit for each step some attempt of the user at hand did, or was lost before. */
  private int did;

  private int lost;

  /** Attempts of the user at hand. */
  private int entries;

  FunnelTally(FunnelQuery query) {
    int steps = query.steps().size();
    this.query = query;
    this.attempts = new long[steps];
    this.users = new long[steps];
    this.lostUsers = new long[steps];
    this.gaps = query.steps().stream().map(_ -> new Samples()).toList();
  }

  /** Adds an attempt of the user at hand. */
  void add(long user, Attempt attempt) {
    int before = -1;
    for (int step = 0; step < attempt.reached(); step++) {
      if (attempt.did(step)) {
        did |= 1 << step;
        attempts[step]++;
        if (before >= 0) {
          gaps.get(step).add(user, attempt.timeOf(step) - attempt.timeOf(before));
        }
        before = step;
      }
    }
    entries++;
    int next = query.rules().lostBefore(attempt.reached());
    if (next < attempts.length) {
      lost |= 1 << next;
    }
  }

  /** Whether the user at hand did a step. */
  boolean did(int step) {
    return (did & 1 << step) != 0;
  }

  /** Whether an attempt of the user at hand was lost before a step. */
  boolean lost(int step) {
    return (lost & 1 << step) != 0;
  }

  /** Whether the user at hand did the cell's step, or was lost before it. */
  boolean isBehind(FunnelCell cell) {
    return cell.lost() ? lost(cell.step()) : did(cell.step());
  }

  /** Goes on to the next user. */
  void endUser() {
    for (int step = 0; step < users.length; step++) {
      users[step] += did(step) ? 1 : 0;
      lostUsers[step] += lost(step) ? 1 : 0;
    }
    did = 0;
    lost = 0;
    entries = 0;
  }

  /** What the user at hand did and where they were lost. */
  Marks marks() {
    return new Marks(did, lost);
  }

  /** Attempts of the user at hand. */
  int entries() {
    return entries;
  }

  /** Adds those of another tally. Users of both are counted twice until {@link #countOnce}. */
  void merge(FunnelTally other) {
    for (int step = 0; step < users.length; step++) {
      attempts[step] += other.attempts[step];
      users[step] += other.users[step];
      lostUsers[step] += other.lostUsers[step];
      gaps.get(step).addAll(other.gaps.get(step));
    }
  }

  /** Counts a user once who was in several merged tallies, with these marks. */
  void countOnce(List<Marks> marks) {
    for (int step = 0; step < users.length; step++) {
      int bit = 1 << step;
      users[step] -= twice(marks.stream().filter(mark -> (mark.did & bit) != 0).count());
      lostUsers[step] -= twice(marks.stream().filter(mark -> (mark.lost & bit) != 0).count());
    }
  }

  private static long twice(long times) {
    return Math.max(0, times - 1);
  }

  /**
   * One bit for each step.
   *
   * @param did those a user did
   * @param lost those the user was lost before
   */
  record Marks(int did, int lost) {}

  /** Attempts that entered. */
  long entered() {
    return attempts[0];
  }

  List<Funnel.Step> steps() {
    List<Funnel.Step> result = new ArrayList<>();
    for (int step = 0; step < users.length; step++) {
      result.add(
          new Funnel.Step(
              query.rules().order() == FunnelOrder.ANY ? "" : query.steps().get(step).name(),
              users[step],
              attempts[step],
              attempts[lastRequired(step)],
              attempts[0],
              lostUsers[step],
              gaps.get(step).median()));
    }
    return List.copyOf(result);
  }

  /** The step every attempt at a step has done before; the first step has itself. */
  private int lastRequired(int step) {
    int last = Math.max(0, step - 1);
    while (query.rules().steps().get(last).optional()) {
      last--;
    }
    return last;
  }
}
