package io.tenure.segment.domain.trend;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.trend.TrendCounts.Count;
import java.time.LocalDate;
import java.util.List;

/** How often something was done: one point for each period of the range, empty ones included. */
public record Trend(List<Point> points, Count total) implements Answer {

  /**
   * One period.
   *
   * @param incomplete whether the period has not ended yet
   */
  public record Point(LocalDate startDate, Count count, boolean incomplete) {}

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("start_date", Type.DATE)
            .column("events", Type.COUNT)
            .column("users", Type.COUNT)
            .column("incomplete", Type.FLAG);
    for (Point point : points) {
      Count count = point.count();
      table.row(point.startDate(), count.events(), count.users(), point.incomplete());
    }
    return table.build();
  }
}
