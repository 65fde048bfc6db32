package io.tenure.segment.domain.cohort;

import io.tenure.segment.domain.tally.Amount;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What one user did in each step after a start. */
public final class Steps {

  private final long[] events;
  private final @Nullable Amount[] amounts;

  Steps(int horizon) {
    this.events = new long[horizon + 1];
    this.amounts = new Amount[horizon + 1];
  }

  void add(int step, @Nullable BigDecimal value) {
    events[step]++;
    if (value != null) {
      Amount before = amounts[step];
      amounts[step] = (before == null ? Amount.NONE : before).plus(new Amount(value, 1));
    }
  }

  /** Events in a step. */
  public long events(int step) {
    return events[step];
  }

  /** Sum over the steps from one to another, both included. */
  public Amount amount(int first, int last) {
    Amount sum = Amount.NONE;
    for (int step = first; step <= last; step++) {
      Amount amount = amounts[step];
      if (amount != null) {
        sum = sum.plus(amount);
      }
    }
    return sum;
  }
}
