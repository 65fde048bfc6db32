package io.tenure.segment.domain.attribution;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Journeys;
import java.time.Instant;

/** Answers attributions. */
public final class Attributions implements Model<AttributionQuery, Attribution, AttributionCell> {

  private final Journeys journeys;

  /** Attributions of the given journeys. */
  public Attributions(Journeys journeys) {
    this.journeys = journeys;
  }

  @Override
  public Attribution run(ProjectId project, AttributionQuery query, Instant now) {
    return journeys
        .tally(project, query.journeys(), words -> new AttributionTally(query, words))
        .result(query.scope().range().end().isAfter(now));
  }

  @Override
  public long[] users(
      ProjectId project, AttributionQuery query, AttributionCell cell, Instant now) {
    return journeys.users(
        project, query.journeys(), words -> new AttributionTally(query, words), cell);
  }
}
