package io.tenure.segment.domain.retention;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Cohorting;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Asks who comes back.
 *
 * @param cohorts who starts when, and what counts as coming back; its horizon is the last return
 *     period of the table
 * @param rule when a user counts for a column
 * @param columns the columns of the table
 * @param least events a period must have at least to count as one in which the user came back
 */
public record RetentionQuery(CohortQuery cohorts, ReturnRule rule, List<Bracket> columns, int least)
    implements Question {

  private static final int MAX_COLUMNS = 400;

  /** Accepts up to 400 columns inside the table. */
  public RetentionQuery {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
      throw new IllegalArgumentException("A table has 1 to " + MAX_COLUMNS + " columns");
    }
    if (columns.stream().anyMatch(column -> column.last() > cohorts.horizon())) {
      throw new IllegalArgumentException("A bracket ends after the last period of the table");
    }
    if (least < 1 || least > 10_000) {
      throw new IllegalArgumentException("The least number of events must be 1 to 10000");
    }
  }

  /** The simplest table: whoever starts in a period, and comes back in each of the next ones. */
  public RetentionQuery(
      Scope scope, EventSelector start, EventSelector comeback, Periods unit, int periods) {
    this(
        new CohortQuery(
            scope,
            start,
            comeback,
            unit,
            periods,
            Cohorting.EVERY_PERIOD,
            false,
            null,
            null,
            null,
            false),
        ReturnRule.ON,
        each(periods),
        1);
  }

  /** One column for each return period. */
  public static List<Bracket> each(int periods) {
    return IntStream.rangeClosed(1, periods)
        .mapToObj(period -> new Bracket(period, period))
        .toList();
  }

  @Override
  public Scope scope() {
    return cohorts.scope();
  }

  /** Whether it is enough to know the periods in which users did something. */
  boolean needsPeriodsOnly() {
    return !cohorts.rolling()
        && least == 1
        && cohorts.amount() == null
        && cohorts.held() == null
        && cohorts.values() == null;
  }
}
