package io.tenure.segment.domain.trend;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Freshness;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.Watermark;
import io.tenure.segment.domain.trend.TrendCounts.Count;
import io.tenure.segment.domain.trend.TrendCounts.Counts;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers trends. */
public final class Trends {

  private final TrendCounts counts;
  private final Watermark watermark;
  private final Clock clock;

  /** Trends over the given counts. */
  public Trends(TrendCounts counts, Watermark watermark, Clock clock) {
    this.counts = counts;
    this.watermark = watermark;
    this.clock = clock;
  }

  /** Counts every period of the range. */
  public Trend run(ProjectId project, TrendQuery query) {
    @Nullable Instant dataTime = watermark.newestReceipt(project).orElse(null);
    Instant now = clock.instant();
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
    return new Trend(points, counted.total(), new Freshness(dataTime, now, counted.rowsRead()));
  }
}
