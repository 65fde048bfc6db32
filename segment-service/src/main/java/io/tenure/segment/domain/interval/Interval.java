package io.tenure.segment.domain.interval;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.tally.Samples;
import io.tenure.segment.domain.tally.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from one event to another.
 *
 * @param spread null without any interval
 * @param users different users
 * @param periods those of the start; none without a unit
 * @param incomplete whether intervals of the range can still end
 */
public record Interval(
    @Nullable Spread spread,
    long users,
    List<Samples.Bar> bars,
    List<Period> periods,
    boolean incomplete)
    implements Answer {

  /**
   * Intervals that begin in one period.
   *
   * @param start as the period is called
   * @param incomplete whether some of them can still end
   * @param spread null without any
   */
  public record Period(String start, boolean incomplete, @Nullable Spread spread, long users) {}

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("start", Type.TEXT)
            .column("incomplete", Type.FLAG)
            .column("intervals", Type.COUNT)
            .column("users", Type.COUNT)
            .column("least", Type.DURATION)
            .column("lower_quartile", Type.DURATION)
            .column("median", Type.DURATION)
            .column("upper_quartile", Type.DURATION)
            .column("p90", Type.DURATION)
            .column("most", Type.DURATION)
            .column("mean", Type.DURATION);
    row(table, null, incomplete, spread, users);
    periods.forEach(
        period -> row(table, period.start(), period.incomplete(), period.spread(), period.users()));
    return table.build();
  }

  private static void row(
      Table.Builder table,
      @Nullable String date,
      boolean incomplete,
      @Nullable Spread spread,
      long users) {
    if (spread == null) {
      table.row(date, incomplete, 0L, users, null, null, null, null, null, null, null);
      return;
    }
    table.row(
        date,
        incomplete,
        spread.samples(),
        users,
        spread.least(),
        spread.lowerQuartile(),
        spread.median(),
        spread.upperQuartile(),
        spread.p90(),
        spread.most(),
        spread.mean());
  }
}
