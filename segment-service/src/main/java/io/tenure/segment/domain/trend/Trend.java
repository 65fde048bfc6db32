package io.tenure.segment.domain.trend;

import io.tenure.segment.domain.analysis.Freshness;
import io.tenure.segment.domain.trend.TrendCounts.Count;
import java.time.LocalDate;
import java.util.List;

/** How often something was done: one point for each period of the range, empty ones included. */
public record Trend(List<Point> points, Count total, Freshness freshness) {

  /**
   * One period.
   *
   * @param incomplete whether the period has not ended yet
   */
  public record Point(LocalDate startDate, Count count, boolean incomplete) {}
}
