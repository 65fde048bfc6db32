package io.tenure.segment.domain.trend;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.trend.TrendCounts.Count;
import io.tenure.segment.domain.trend.TrendCounts.Counts;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Answers trends. */
public final class Trends implements Model<TrendQuery, Trend, TrendCell> {

  private final TrendCounts counts;

  /** Trends over the given counts. */
  public Trends(TrendCounts counts) {
    this.counts = counts;
  }

  @Override
  public Trend run(ProjectId project, TrendQuery query, Instant now) {
    Counts counted = counts.count(project, query);
    Scope scope = query.scope();
    PeriodUnit unit = query.unit();
    List<Trend.Point> points =
        IntStream.rangeClosed(scope.firstPeriod(unit), scope.lastPeriod(unit))
            .mapToObj(
                period ->
                    new Trend.Point(
                        unit.startOf(period),
                        counted.periods().getOrDefault(period, Count.NONE),
                        !unit.hasEnded(period, scope.zone(), now)))
            .toList();
    return new Trend(points, counted.total());
  }

  @Override
  public long[] users(ProjectId project, TrendQuery query, TrendCell cell, Instant now) {
    return counts.users(project, query, cell);
  }
}
