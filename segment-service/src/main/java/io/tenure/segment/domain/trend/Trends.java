package io.tenure.segment.domain.trend;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.trend.TrendCounts.Count;
import io.tenure.segment.domain.trend.TrendCounts.Scan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    Scan scan = scan(query, List.of(query.measures().get(cell.measure())), values, cell.compared());
    return counts.users(project, scan, cell.part(), cell.period());
  }

  private static List<Part.Value> named(Part part) {
    return part instanceof Part.Value value ? List.of(value) : List.of();
  }

  private List<Trend.Series> lines(
      ProjectId project, TrendQuery query, List<Part.Value> values, boolean compared, Instant now) {
    TrendLines lines = new TrendLines(query, values, compared, now);
    counted(project, query, values, compared).forEach(lines::add);
    return lines.series();
  }

  /** The counts of each measure. Measures of the same events are counted together. */
  private List<List<Count>> counted(
      ProjectId project, TrendQuery query, List<Part.Value> values, boolean compared) {
    Map<Measure, List<Count>> counted = new HashMap<>();
    for (Measure measure : query.measures()) {
      if (!counted.containsKey(measure)) {
        Scan alone = scan(query, List.of(measure), values, compared);
        List<Measure> together = alone.rolls() ? List.of(measure) : ofSameEvents(query, alone);
        List<List<Count>> found = counts.count(project, alone.with(together));
        for (int place = 0; place < together.size(); place++) {
          counted.put(together.get(place), found.get(place));
        }
      }
    }
    return query.measures().stream()
        .map(measure -> Objects.requireNonNull(counted.get(measure)))
        .toList();
  }

  private static List<Measure> ofSameEvents(TrendQuery query, Scan scan) {
    return query.measures().stream()
        .filter(measure -> measure.selector().equals(scan.selector()))
        .filter(measure -> !scan.with(List.of(measure)).rolls())
        .distinct()
        .toList();
  }

  /** The values are those of the range that was asked for, also in the one beside it. */
  private List<Part.Value> values(ProjectId project, TrendQuery query) {
    @Nullable TrendBreakdown breakdown = query.breakdown();
    return breakdown == null
        ? List.of()
        : counts.values(
            project,
            scan(query, List.of(query.measures().getFirst()), List.of(), false),
            breakdown);
  }

  private static Scan scan(
      TrendQuery query, List<Measure> measures, List<Part.Value> values, boolean compared) {
    return new Scan(
        compared ? query.scope().earlier(query.unit(), query.earlier()) : query.scope(),
        measures,
        query.unit(),
        query.breakdown() == null ? null : query.breakdown().by(),
        values,
        query.cumulative());
  }
}
