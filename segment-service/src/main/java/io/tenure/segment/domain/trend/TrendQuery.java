package io.tenure.segment.domain.trend;

import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks how often, by how many users and with how much something is done per period.
 *
 * @param measures what is counted
 * @param formulas what is computed from the measures
 * @param breakdown tells events apart; null for not at all
 * @param earlier how many periods earlier the range lies that is shown beside; 0 for none
 * @param cumulative whether each point counts everything since the start of the range
 * @param movingAverage how many periods the moving average of a point covers; 0 for none
 */
public record TrendQuery(
    Scope scope,
    List<Measure> measures,
    List<Formula> formulas,
    Periods unit,
    @Nullable TrendBreakdown breakdown,
    int earlier,
    boolean cumulative,
    int movingAverage)
    implements Question {

  private static final int MAX_MEASURES = 10;
  private static final int MAX_POINTS = 5000;

  /** Accepts options that mean something together. */
  public TrendQuery {
    measures = List.copyOf(measures);
    formulas = List.copyOf(formulas);
    require(
        !measures.isEmpty() && measures.size() <= MAX_MEASURES && formulas.size() <= MAX_MEASURES,
        "A trend has 1 to 10 measures and up to 10 formulas");
    int known = measures.size();
    require(
        formulas.stream().allMatch(formula -> formula.measures() <= known),
        "A formula names a measure that does not exist");
    require(
        !cumulative
            || measures.stream()
                .allMatch(
                    measure ->
                        switch (measure.aggregate()) {
                          case Aggregate.Events _, Aggregate.Sum _ -> true;
                          case Aggregate.Users(int rolling) -> rolling == 1;
                          case Aggregate.Average _,
                              Aggregate.Minimum _,
                              Aggregate.Maximum _,
                              Aggregate.Percentile _,
                              Aggregate.PerUser _,
                              Aggregate.DistinctValues _ ->
                              false;
                        }),
        "Only events, users and sums can be cumulative");
    require(earlier >= 0 && earlier <= 1000, "The compared range lies 0 to 1000 periods earlier");
    require(
        movingAverage == 0 || movingAverage >= 2 && movingAverage <= 100,
        "A moving average covers 2 to 100 periods");
    require(
        scope.lastPeriod(unit) - scope.firstPeriod(unit) < MAX_POINTS,
        "The range has more than " + MAX_POINTS + " periods");
    // Where a calendar begins too late for what is looked back at, it says so now.
    scope.earlier(unit, earlier);
    measures.forEach(
        measure -> unit.startOf(scope.firstPeriod(unit) - measure.before(), scope.zone()));
  }

  /** One measure, by period and nothing else. */
  public static TrendQuery of(Scope scope, Measure measure, Periods unit) {
    return new TrendQuery(scope, List.of(measure), List.of(), unit, null, 0, false, 0);
  }

  private static void require(boolean fulfilled, String description) {
    if (!fulfilled) {
      throw new IllegalArgumentException(description);
    }
  }
}
