package io.tenure.segment.domain.retention;

import java.util.BitSet;

/** Counts cohorts and returns user by user; a user belongs to every period with a start event. */
final class RetentionTally {

  private final int firstCohort;
  private final int periods;
  private final long[] users;
  private final long[][] returned;
  private final BitSet starts;
  private final BitSet returns;

  RetentionTally(RetentionQuery query) {
    int cohorts = query.lastCohort() - query.firstCohort() + 1;
    this.firstCohort = query.firstCohort();
    this.periods = query.periods();
    this.users = new long[cohorts];
    this.returned = new long[cohorts][periods];
    this.starts = new BitSet(cohorts);
    this.returns = new BitSet(cohorts + periods);
  }

  void add(long[] marks) {
    starts.clear();
    returns.clear();
    for (long mark : marks) {
      int period = Math.toIntExact(mark >> 2) - firstCohort;
      if ((mark & Activity.START) != 0) {
        starts.set(period);
      }
      if ((mark & Activity.RETURN) != 0) {
        returns.set(period);
      }
    }
    for (int cohort = starts.nextSetBit(0); cohort >= 0; cohort = starts.nextSetBit(cohort + 1)) {
      users[cohort]++;
      int period = returns.nextSetBit(cohort + 1);
      while (period >= 0 && period <= cohort + periods) {
        returned[cohort][period - cohort - 1]++;
        period = returns.nextSetBit(period + 1);
      }
    }
  }

  /** Whether the user just added is behind a number. */
  boolean isBehind(RetentionCell cell) {
    int cohort = cell.cohort() - firstCohort;
    return starts.get(cohort)
        && (cell.period() == 0 || returns.get(cohort + cell.period()) != cell.lost());
  }

  int cohorts() {
    return users.length;
  }

  long users(int cohort) {
    return users[cohort];
  }

  long returned(int cohort, int period) {
    return returned[cohort][period];
  }
}
