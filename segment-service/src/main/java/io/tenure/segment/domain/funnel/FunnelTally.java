package io.tenure.segment.domain.funnel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adds up attempts, user by user. What a user did and where they were lost is decided here only, so
 * a number and the list of users behind it cannot differ.
 */
final class FunnelTally {

  private final FunnelQuery query;
  private final long[] attempts;
  private final long[] users;
  private final long[] lostUsers;
  private final List<Times> gaps;

  /** One bit for each step some attempt of the user at hand did, or was lost before. */
  private int did;

  private int lost;

  FunnelTally(FunnelQuery query) {
    int steps = query.steps().size();
    this.query = query;
    this.attempts = new long[steps];
    this.users = new long[steps];
    this.lostUsers = new long[steps];
    this.gaps = query.steps().stream().map(_ -> new Times()).toList();
  }

  /** Adds an attempt of the user at hand. */
  void add(Attempt attempt) {
    int before = -1;
    for (int step = 0; step < attempt.reached(); step++) {
      if (attempt.did(step)) {
        did |= 1 << step;
        attempts[step]++;
        if (before >= 0) {
          gaps.get(step).add(attempt.timeOf(step) - attempt.timeOf(before));
        }
        before = step;
      }
    }
    int next = nextRequired(attempt.reached());
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

  /** Goes on to the next user. */
  void endUser() {
    for (int step = 0; step < users.length; step++) {
      users[step] += did(step) ? 1 : 0;
      lostUsers[step] += lost(step) ? 1 : 0;
    }
    did = 0;
    lost = 0;
  }

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

  /** The first step from some step on that an attempt cannot leave out. */
  private int nextRequired(int step) {
    return IntStream.range(step, users.length)
        .filter(next -> !query.rules().steps().get(next).optional())
        .findFirst()
        .orElse(users.length);
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
