package io.tenure.segment.domain.interval;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.track.Tracks;
import java.time.Instant;
import java.util.List;

/** Answers interval queries. */
public final class Intervals implements Model<IntervalQuery, Interval, IntervalCell> {

  private final Tracks tracks;

  /** Intervals of the given tracks. */
  public Intervals(Tracks tracks) {
    this.tracks = tracks;
  }

  @Override
  public Interval run(ProjectId project, IntervalQuery query, Instant now) {
    return tally(project, query).result(now);
  }

  @Override
  public long[] users(ProjectId project, IntervalQuery query, IntervalCell cell, Instant now) {
    return tally(project, query).users(cell);
  }

  private IntervalTally tally(ProjectId project, IntervalQuery query) {
    IntervalTally tally = new IntervalTally(query);
    tracks.scan(project, query.tracks(), List.of(), tally::add);
    return tally;
  }
}
