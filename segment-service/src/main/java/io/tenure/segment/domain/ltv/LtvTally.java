package io.tenure.segment.domain.ltv;

import io.tenure.segment.domain.cohort.Split;
import io.tenure.segment.domain.cohort.Stay;
import io.tenure.segment.domain.cohort.Steps;
import io.tenure.segment.domain.tally.Amount;
import java.util.Arrays;
import java.util.List;

/** Adds up cohorts stay by stay. */
final class LtvTally implements Split.Tally<LtvTally> {

  private static final int NEVER = Integer.MAX_VALUE;

  private final int steps;
  private final long[] users;
  private final long[][] firstPaid;
  private final Amount[][] amounts;
  private long stays;

  LtvTally(int cohorts, int horizon) {
    this.steps = horizon + 1;
    this.users = new long[cohorts];
    this.firstPaid = new long[cohorts][steps];
    this.amounts = new Amount[cohorts][steps];
    for (Amount[] row : amounts) {
      Arrays.fill(row, Amount.NONE);
    }
  }

  void add(Stay stay) {
    stays++;
    users[stay.cohort()]++;
    for (Steps part : stay.steps()) {
      for (int step = 0; step < steps; step++) {
        Amount[] row = amounts[stay.cohort()];
        row[step] = row[step].plus(part.amount(step, step));
      }
    }
    int paid = firstPaid(stay, steps);
    if (paid != NEVER) {
      firstPaid[stay.cohort()][paid]++;
    }
  }

  @Override
  public void add(LtvTally other) {
    stays += other.stays;
    for (int cohort = 0; cohort < users.length; cohort++) {
      users[cohort] += other.users[cohort];
      for (int step = 0; step < steps; step++) {
        firstPaid[cohort][step] += other.firstPaid[cohort][step];
        amounts[cohort][step] = amounts[cohort][step].plus(other.amounts[cohort][step]);
      }
    }
  }

  /** Whether the user of a stay has an amount up to a step. */
  static boolean paidUntil(Stay stay, int step) {
    return firstPaid(stay, step + 1) <= step;
  }

  private static int firstPaid(Stay stay, int steps) {
    List<Steps> parts = stay.steps();
    for (int step = 0; step < steps; step++) {
      for (Steps part : parts) {
        if (part.amount(step, step).values() > 0) {
          return step;
        }
      }
    }
    return NEVER;
  }

  @Override
  public long stays() {
    return stays;
  }

  int cohorts() {
    return users.length;
  }

  long users(int cohort) {
    return users[cohort];
  }

  long firstPaid(int cohort, int step) {
    return firstPaid[cohort][step];
  }

  Amount amount(int cohort, int step) {
    return amounts[cohort][step];
  }
}
