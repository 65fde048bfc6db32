package io.tenure.segment.domain.trend;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often, by how many users and with how much something was done, line by line. */
public record Trend(List<Series> series) implements Answer {

  /**
   * One line: a point for each period of the range, empty ones included.
   *
   * @param measure index of the measure, or that of a formula after those of the measures
   * @param compared whether it is of the range that is shown beside
   * @param total the whole range as one period
   */
  public record Series(
      int measure, Part part, boolean compared, List<Point> points, Number total) {}

  /**
   * One period.
   *
   * @param start what the period is called
   * @param incomplete whether the period has not ended yet
   * @param movingAverage null where there is none
   */
  public record Point(
      String start, Number number, boolean incomplete, @Nullable BigDecimal movingAverage) {}

  /**
   * One number.
   *
   * @param value null where there is none
   * @param users users behind it
   */
  public record Number(@Nullable BigDecimal value, long users) {
    /** No events at all. */
    static final Number ZERO = new Number(BigDecimal.ZERO, 0);

    /** Nothing that could be counted. */
    static final Number NONE = new Number(null, 0);
  }

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("measure", Type.COUNT)
            .column("part", Type.TEXT)
            .column("value", Type.TEXT)
            .column("compared", Type.FLAG)
            .column("start", Type.TEXT)
            .column("incomplete", Type.FLAG)
            .column("number", Type.DECIMAL)
            .column("users", Type.COUNT)
            .column("moving_average", Type.DECIMAL);
    for (Series line : series) {
      for (Point point : line.points()) {
        table.row(
            (long) line.measure(),
            kind(line.part()),
            line.part() instanceof Part.Value(@Nullable String value) ? value : null,
            line.compared(),
            point.start(),
            point.incomplete(),
            point.number().value(),
            point.number().users(),
            point.movingAverage());
      }
    }
    return table.build();
  }

  private static String kind(Part part) {
    return switch (part) {
      case Part.All _ -> "all";
      case Part.Value _ -> "value";
      case Part.Other _ -> "other";
    };
  }
}
