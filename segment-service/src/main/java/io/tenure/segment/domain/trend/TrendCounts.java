package io.tenure.segment.domain.trend;

import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts events and users per period. */
public interface TrendCounts {

  /** The most frequent values of a breakdown among the events of a measure. */
  List<Part.Value> values(ProjectId project, Scan scan, TrendBreakdown breakdown);

  /**
   * Counts what a scan selects, by period and part, and over all of either; duplicates once. One
   * list for each measure.
   */
  List<List<Count>> count(ProjectId project, Scan scan);

  /** The users behind a number, ascending. */
  long[] users(ProjectId project, Scan scan, Part part, Optional<Integer> period);

  /**
   * What is read at once.
   *
   * @param scope when and whose
   * @param measures at least one; all of one selector, and one only where users roll
   * @param by what tells events apart; null for nothing
   * @param values the values that are told apart; all others are {@link Part#OTHER}
   * @param cumulative whether users are counted from the start of the range on
   */
  record Scan(
      Scope scope,
      List<Measure> measures,
      Periods unit,
      @Nullable Column by,
      List<Part.Value> values,
      boolean cumulative) {

    /** How many periods before its own a point takes users from. */
    public int before() {
      return cumulative ? 0 : measures.getFirst().before();
    }

    /** Whether a point counts users of other periods than its own. */
    public boolean rolls() {
      return measures.getFirst().aggregate() instanceof Aggregate.Users
          && (before() > 0 || cumulative);
    }

    /** The same of other measures. */
    public Scan with(List<Measure> others) {
      return new Scan(scope, others, unit, by, values, cumulative);
    }

    /** Which events are read. */
    public EventSelector selector() {
      return measures.getFirst().selector();
    }

    /** Whether an event that is stored twice would count twice. */
    public boolean duplicatesMatter() {
      return measures.stream().anyMatch(measure -> measure.aggregate().duplicatesMatter());
    }
  }

  /**
   * One number.
   *
   * @param period number of the period; absent for the whole range
   * @param value null where there is none
   * @param users users who did the events
   */
  record Count(Optional<Integer> period, Part part, @Nullable BigDecimal value, long users) {}
}
