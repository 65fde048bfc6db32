package io.tenure.segment.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Stay;
import io.tenure.segment.domain.cohort.Stays;
import io.tenure.segment.domain.cohort.Steps;
import io.tenure.segment.domain.tally.Amount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Decides for every user and cohort which columns the user is in: the one place for numbers and
 * lists. Where the periods of users are enough it reads these, otherwise their events.
 */
final class RetentionWalk {

  private final RetentionQuery query;
  private final CohortQuery cohorts;
  private final Visitor visitor;
  private final BitSet in;

  /** For each return period its column, where each column is one period; else empty. */
  private final int[] columnOfPeriod;

  RetentionWalk(RetentionQuery query, Visitor visitor) {
    this.query = query;
    this.cohorts = query.cohorts();
    this.visitor = visitor;
    this.in = new BitSet(query.columns().size());
    this.columnOfPeriod = columnOfPeriod(query);
  }

  /** Takes one user in one cohort; the set is valid only during the call. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param in the columns the user is in
     * @param sums an amount for each column; empty where there are none
     */
    void visit(Stay stay, BitSet in, List<Amount> sums);
  }

  void walk(ProjectId project, Activity activity, Stays stays) {
    if (query.needsPeriodsOnly()) {
      activity.scan(project, cohorts, this::marks);
    } else {
      stays.scan(project, cohorts, this::stay);
    }
  }

  private void marks(long userNumber, long[] marks) {
    BitSet starts = new BitSet();
    BitSet returns = new BitSet();
    for (long mark : marks) {
      int period = Math.toIntExact(mark >> 2) - cohorts.firstCohort();
      if ((mark & Activity.START) != 0) {
        starts.set(period);
      }
      if ((mark & Activity.RETURN) != 0) {
        returns.set(period);
      }
    }
    for (int cohort = starts.nextSetBit(0); cohort >= 0; cohort = starts.nextSetBit(cohort + 1)) {
      in.clear();
      columns(returns, cohort);
      visitor.visit(new Stay(userNumber, cohort, "", List.of()), in, List.of());
    }
  }

  private void stay(Stay stay) {
    in.clear();
    List<Amount> sums = new ArrayList<>();
    for (Steps steps : stay.steps()) {
      BitSet returned = new BitSet();
      for (int step = 1; step <= cohorts.horizon(); step++) {
        returned.set(step, steps.events(step) >= query.least());
      }
      columns(returned, 0);
      if (cohorts.amount() != null) {
        addAmounts(sums, returned, steps);
      }
    }
    visitor.visit(stay, in, sums);
  }

  /** Adds the columns that hold for one value of a held property, or for all there is. */
  private void columns(BitSet returned, int start) {
    if (columnOfPeriod.length > 0) {
      onePeriodEach(returned, start);
      return;
    }
    for (int column = 0; column < query.columns().size(); column++) {
      if (holds(returned, start, column)) {
        in.set(column);
      }
    }
  }

  /** Looks at the periods in which the user was there instead of at every column. */
  private void onePeriodEach(BitSet returned, int start) {
    int period = returned.nextSetBit(start + 1);
    while (period >= 0 && period - start < columnOfPeriod.length) {
      int column = columnOfPeriod[period - start];
      if (column >= 0) {
        in.set(column);
      }
      period = returned.nextSetBit(period + 1);
    }
  }

  private static int[] columnOfPeriod(RetentionQuery query) {
    List<Bracket> columns = query.columns();
    boolean one =
        query.rule() == ReturnRule.ON
            && columns.stream().allMatch(column -> column.first() == column.last())
            && columns.stream().distinct().count() == columns.size();
    if (!one) {
      return new int[0];
    }
    int[] byPeriod = new int[query.cohorts().horizon() + 1];
    Arrays.fill(byPeriod, -1);
    for (int column = 0; column < columns.size(); column++) {
      byPeriod[columns.get(column).first()] = column;
    }
    return byPeriod;
  }

  private boolean holds(BitSet returned, int start, int column) {
    return query.rule().holds(returned, start, query.columns().get(column), cohorts.horizon());
  }

  private void addAmounts(List<Amount> sums, BitSet returned, Steps steps) {
    boolean first = sums.isEmpty();
    for (int column = 0; column < query.columns().size(); column++) {
      Bracket bracket = query.columns().get(column);
      Amount amount =
          holds(returned, 0, column)
              ? steps.amount(
                  query.rule().first(bracket), query.rule().last(bracket, cohorts.horizon()))
              : Amount.NONE;
      if (first) {
        sums.add(amount);
      } else {
        sums.set(column, sums.get(column).plus(amount));
      }
    }
  }
}
