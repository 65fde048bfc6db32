package io.tenure.segment.domain.retention;

import io.tenure.segment.domain.cohort.Split;
import io.tenure.segment.domain.tally.Amount;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts cohorts and columns stay by stay. */
final class RetentionTally implements Split.Tally<RetentionTally> {

  private final long[] users;
  private final long[][] returned;
  private final Amount @Nullable [][] amounts;
  private long stays;

  /**
   * @param summing whether there are amounts
   */
  RetentionTally(int cohorts, int columns, boolean summing) {
    this.users = new long[cohorts];
    this.returned = new long[cohorts][columns];
    this.amounts = summing ? new Amount[cohorts][columns] : null;
  }

  /**
   * @param in the columns the user is in
   * @param sums an amount for each column; empty where there are none
   */
  void add(int cohort, BitSet in, List<Amount> sums) {
    stays++;
    users[cohort]++;
    for (int column = in.nextSetBit(0); column >= 0; column = in.nextSetBit(column + 1)) {
      returned[cohort][column]++;
      if (amounts != null) {
        amounts[cohort][column] = amount(cohort, column).plus(sums.get(column));
      }
    }
  }

  @Override
  public void add(RetentionTally other) {
    stays += other.stays;
    for (int cohort = 0; cohort < users.length; cohort++) {
      users[cohort] += other.users[cohort];
      for (int column = 0; column < returned[cohort].length; column++) {
        returned[cohort][column] += other.returned[cohort][column];
        if (amounts != null) {
          amounts[cohort][column] = amount(cohort, column).plus(other.amount(cohort, column));
        }
      }
    }
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

  long returned(int cohort, int column) {
    return returned[cohort][column];
  }

  Amount amount(int cohort, int column) {
    Amount amount = amounts == null ? null : amounts[cohort][column];
    return amount == null ? Amount.NONE : amount;
  }
}
