package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.Samples;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far users got.
 *
 * @param values the same for each value of a breakdown
 * @param periods the same for each period in which attempts entered
 * @param conversion how long complete attempts took
 * @param nextEvents what lost attempts went on with, step by step
 * @param factors what goes with completing, the clearest first
 */
public record Funnel(
    List<Step> steps,
    Values values,
    List<Period> periods,
    Conversion conversion,
    List<NextEvent> nextEvents,
    List<Factor> factors)
    implements Answer {

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("part", Type.TEXT)
            .column("value", Type.TEXT)
            .column("start", Type.TEXT)
            .column("incomplete", Type.FLAG)
            .column("step", Type.COUNT)
            .column("name", Type.TEXT)
            .column("users", Type.COUNT)
            .column("attempts", Type.COUNT)
            .column("step_rate", Type.RATE)
            .column("total_rate", Type.RATE)
            .column("lost_users", Type.COUNT)
            .column("median_time", Type.DURATION)
            .column("odds_ratio", Type.RATE)
            .column("odds_low", Type.RATE)
            .column("odds_high", Type.RATE);
    rows(table, "all", null, null, false, steps);
    values
        .shown()
        .forEach(value -> rows(table, "value", value.value(), null, false, value.steps()));
    if (values.others() != null) {
      rows(table, "other_values", null, null, false, values.others());
    }
    periods.forEach(
        period -> rows(table, "period", null, period.start(), period.incomplete(), period.steps()));
    nextEvents.forEach(next -> row(table, next));
    factors.forEach(factor -> row(table, factor));
    return table.build();
  }

  private void row(Table.Builder table, NextEvent next) {
    table.row(
        next.event().rare() ? "other_next" : "next",
        next.event().text(),
        null,
        false,
        (long) next.step(),
        steps.get(next.step()).name(),
        next.users(),
        next.attempts(),
        null,
        null,
        null,
        next.medianDwell(),
        null,
        null,
        null);
  }

  private static void row(Table.Builder table, Factor factor) {
    Odds odds = factor.odds();
    table.row(
        factor.label().rare() ? "factor_other" : "factor",
        factor.label().text(),
        null,
        false,
        null,
        factor.name(),
        null,
        odds.completeWith() + odds.lostWith(),
        null,
        null,
        null,
        null,
        odds.ratio(),
        odds.low(),
        odds.high());
  }

  private static void rows(
      Table.Builder table,
      String part,
      @Nullable String value,
      @Nullable String start,
      boolean incomplete,
      List<Step> steps) {
    for (int index = 0; index < steps.size(); index++) {
      Step step = steps.get(index);
      table.row(
          part,
          value,
          start,
          incomplete,
          (long) index,
          step.name(),
          step.users(),
          step.attempts(),
          step.stepRate(),
          step.totalRate(),
          step.lostUsers(),
          step.medianTime(),
          null,
          null,
          null);
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
   * Attempts by the values of a breakdown.
   *
   * @param shown those with most entries
   * @param others attempts of all others together; null where there are none
   * @param all how many values there are
   */
  public record Values(List<Value> shown, @Nullable List<Step> others, int all) {
    /** Without a breakdown. */
    static final Values NONE = new Values(List.of(), null, 0);
  }

  /**
   * Attempts that entered in one period.
   *
   * @param start what the period is called
   * @param incomplete whether some of them still have time to go on
   */
  public record Period(String start, boolean incomplete, List<Step> steps) {}

  /**
   * Times from the first to the last step of complete attempts.
   *
   * @param median null without complete attempts
   * @param histogram the cube root of their number of equally wide bars, rounded up
   */
  public record Conversion(@Nullable Duration median, List<Samples.Bar> histogram) {}

  /**
   * What lost attempts went on with.
   *
   * @param step before which they were lost
   * @param event the next event; without a text for attempts after which there was none in time
   * @param medianDwell median time from the last step done to it; null where there was none
   */
  public record NextEvent(
      int step, Label event, long attempts, long users, @Nullable Duration medianDwell) {}

  /**
   * What goes with completing, or with not.
   *
   * @param attribute index among what can be a factor; event names come first, if asked for
   * @param column what has the value
   * @param label the value
   */
  public record Factor(int attribute, Column column, Label label, Odds odds) {

    double clearness() {
      return odds.clearness();
    }

    /** Name of the property or trait; empty for events. */
    public String name() {
      return switch (column) {
        case Column.Name _, Column.LoginId _ -> "";
        case Column.Property(String name) -> name;
        case Column.Trait(String name) -> name;
      };
    }
  }
}
