package io.tenure.segment.domain.trend;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.trend.TrendCounts.Scan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers trends. */
public final class Trends implements Model<TrendQuery, Trend, TrendCell> {

  private final TrendCounts counts;

  /** Trends over the given counts. */
  public Trends(TrendCounts counts) {
    this.counts = counts;
  }

  @Override
  public Trend run(ProjectId project, TrendQuery query, Instant now) {
    List<Part.Value> values = values(project, query);
    List<Trend.Series> series = new ArrayList<>(lines(project, query, values, false, now));
    if (query.earlier() > 0) {
      series.addAll(lines(project, query, values, true, now));
    }
    return new Trend(List.copyOf(series));
  }

  @Override
  public long[] users(ProjectId project, TrendQuery query, TrendCell cell, Instant now) {
    List<Part.Value> values =
        cell.part() instanceof Part.Other ? values(project, query) : named(cell.part());
    Scan scan = scan(query, cell.measure(), values, cell.compared());
    return counts.users(project, scan, cell.part(), cell.period());
  }

  private static List<Part.Value> named(Part part) {
    return part instanceof Part.Value value ? List.of(value) : List.of();
  }

  private List<Trend.Series> lines(
      ProjectId project, TrendQuery query, List<Part.Value> values, boolean compared, Instant now) {
    TrendLines lines = new TrendLines(query, values, compared, now);
    for (int measure = 0; measure < query.measures().size(); measure++) {
      lines.add(counts.count(project, scan(query, measure, values, compared)));
    }
    return lines.series();
  }

  /** The values are those of the range that was asked for, also in the one beside it. */
  private List<Part.Value> values(ProjectId project, TrendQuery query) {
    @Nullable TrendBreakdown breakdown = query.breakdown();
    return breakdown == null
        ? List.of()
        : counts.values(project, scan(query, 0, List.of(), false), breakdown);
  }

  private static Scan scan(
      TrendQuery query, int measure, List<Part.Value> values, boolean compared) {
    return new Scan(
        compared ? query.scope().earlier(query.unit(), query.earlier()) : query.scope(),
        query.measures().get(measure),
        query.unit(),
        query.breakdown() == null ? null : query.breakdown().by(),
        values,
        query.cumulative());
  }
}
