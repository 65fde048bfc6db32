package io.tenure.segment.domain.distribution;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.distribution.Measures.Group;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers how users differ. */
public final class Distributions
    implements Model<DistributionQuery, Distribution, DistributionCell> {

  private final Measures measures;

  /** Distributions of the given measures. */
  public Distributions(Measures measures) {
    this.measures = measures;
  }

  @Override
  public Distribution run(ProjectId project, DistributionQuery query, Instant now) {
    List<Group> groups = measures.groups(project, query);
    Buckets buckets = Buckets.of(query, groups.stream().map(Group::measure).toList());
    long everybody = query.withInactive() ? measures.everybody(project, query) : 0;
    List<Distribution.Frame> frames = new ArrayList<>();
    for (int frame = 0; frame < query.frames(); frame++) {
      int index = query.firstFrame() + frame;
      List<Group> own = groups.stream().filter(group -> group.frame() == index).toList();
      frames.add(frame(query, buckets, index, own, everybody, now));
    }
    return new Distribution(List.copyOf(frames));
  }

  @Override
  public long[] users(
      ProjectId project, DistributionQuery query, DistributionCell cell, Instant now) {
    int frame = query.firstFrame() + cell.frame();
    if (cell.inactive()) {
      return measures.inactive(project, query, frame);
    }
    List<BigDecimal> bounds = bounds(query, cell);
    return measures.users(
        project,
        query,
        frame,
        measure -> Buckets.holds(bounds, cell.least(), measure, query.cumulative()));
  }

  /** Where buckets of single numbers are usual, the next bucket begins one above. */
  private static List<BigDecimal> bounds(DistributionQuery query, DistributionCell cell) {
    boolean each = query.bounds().isEmpty() && query.measure() instanceof UserMeasure.ActivePeriods;
    if (!each) {
      return Buckets.of(query, List.of()).bounds();
    }
    BigDecimal least = cell.least().orElse(BigDecimal.ZERO);
    boolean last = least.compareTo(BigDecimal.valueOf(Buckets.MOST_OF_ONE)) >= 0;
    return last ? List.of(least) : List.of(least, least.add(BigDecimal.ONE));
  }

  private static Distribution.Frame frame(
      DistributionQuery query,
      Buckets buckets,
      int index,
      List<Group> groups,
      long everybody,
      Instant now) {
    long[] users = new long[buckets.bounds().size() + 1];
    long measured = 0;
    long known = 0;
    BigDecimal sum = BigDecimal.ZERO;
    for (Group group : groups) {
      users[buckets.indexOf(group.measure())] += group.users();
      measured += group.users();
      known += group.known();
      sum = sum.add(group.measure().multiply(BigDecimal.valueOf(group.users())));
    }
    @Nullable Periods frame = query.frame();
    Instant end =
        frame == null ? query.scope().range().end() : frame.endOf(index, query.scope().zone());
    return new Distribution.Frame(
        frame == null ? "" : frame.label(index),
        measured,
        measured == 0 ? null : sum.divide(BigDecimal.valueOf(measured), MathContext.DECIMAL64),
        buckets.counted(users, query.cumulative()),
        query.withInactive() ? everybody - known : 0,
        end.isAfter(now));
  }
}
