package io.tenure.segment.domain.interval;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Journeys;
import java.time.Instant;

/** Answers interval queries. */
public final class Intervals implements Model<IntervalQuery, Interval, IntervalCell> {

  private final Journeys journeys;

  /** Intervals of the given journeys. */
  public Intervals(Journeys journeys) {
    this.journeys = journeys;
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
    return journeys.tally(project, query.journeys(), _ -> new IntervalTally(query));
  }
}
