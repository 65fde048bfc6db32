package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far users got.
 *
 * @param values the same for each value of a breakdown, the most frequent first
 * @param periods the same for each period in which attempts entered
 * @param conversion how long complete attempts took
 */
public record Funnel(
    List<Step> steps, List<Value> values, List<Period> periods, Conversion conversion)
    implements Answer {

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("part", Type.TEXT)
            .column("value", Type.TEXT)
            .column("start_date", Type.DATE)
            .column("incomplete", Type.FLAG)
            .column("step", Type.COUNT)
            .column("name", Type.TEXT)
            .column("users", Type.COUNT)
            .column("attempts", Type.COUNT)
            .column("step_rate", Type.RATE)
            .column("total_rate", Type.RATE)
            .column("lost_users", Type.COUNT)
            .column("median_time", Type.DURATION);
    rows(table, "all", null, null, false, steps);
    values.forEach(value -> rows(table, "value", value.value(), null, false, value.steps()));
    periods.forEach(
        period ->
            rows(table, "period", null, period.startDate(), period.incomplete(), period.steps()));
    return table.build();
  }

  private static void rows(
      Table.Builder table,
      String part,
      @Nullable String value,
      @Nullable LocalDate startDate,
      boolean incomplete,
      List<Step> steps) {
    for (int index = 0; index < steps.size(); index++) {
      Step step = steps.get(index);
      table.row(
          part,
          value,
          startDate,
          incomplete,
          (long) index,
          step.name(),
          step.users(),
          step.attempts(),
          step.stepRate(),
          step.totalRate(),
          step.lostUsers(),
          step.medianTime());
    }
  }

  /**
   * How one step did.
   *
   * @param users users who did it
   * @param attempts attempts that did it
   * @param before attempts that did the last required step before; for the first step its own
   * @param entered attempts that did the first step
   * @param lostUsers users of attempts that stopped before it
   * @param medianTime median time from the step done before; null for the first step or without any
   */
  public record Step(
      String name,
      long users,
      long attempts,
      long before,
      long entered,
      long lostUsers,
      @Nullable Duration medianTime) {

    /** Share of the attempts that did the last required step before; 0 when there were none. */
    public double stepRate() {
      return before == 0 ? 0 : (double) attempts / before;
    }

    /** Share of the attempts that entered; 0 when there were none. */
    public double totalRate() {
      return entered == 0 ? 0 : (double) attempts / entered;
    }
  }

  /**
   * Attempts with one value of a breakdown.
   *
   * @param value the value; null where there is none
   */
  public record Value(@Nullable String value, List<Step> steps) {}

  /**
   * Attempts that entered in one period.
   *
   * @param incomplete whether some of them still have time to go on
   */
  public record Period(LocalDate startDate, boolean incomplete, List<Step> steps) {}

  /**
   * Times from the first to the last step of complete attempts.
   *
   * @param median null without complete attempts
   * @param histogram the cube root of their number of equally wide bars, rounded up
   */
  public record Conversion(@Nullable Duration median, List<Bar> histogram) {}

  /**
   * Attempts that took at least {@code from} and less than {@code to}; the last bar includes it.
   */
  public record Bar(Duration from, Duration to, long attempts) {}
}
