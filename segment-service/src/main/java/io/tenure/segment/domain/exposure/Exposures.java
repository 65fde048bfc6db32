package io.tenure.segment.domain.exposure;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Journeys;
import java.time.Instant;

/** Answers exposure queries. */
public final class Exposures implements Model<ExposureQuery, Exposure, ExposureCell> {

  private final Journeys journeys;

  /** Exposure by the given journeys. */
  public Exposures(Journeys journeys) {
    this.journeys = journeys;
  }

  @Override
  public Exposure run(ProjectId project, ExposureQuery query, Instant now) {
    return journeys
        .tally(project, query.journeys(), words -> new ExposureTally(query, words))
        .result();
  }

  @Override
  public long[] users(ProjectId project, ExposureQuery query, ExposureCell cell, Instant now) {
    return journeys.users(
        project, query.journeys(), words -> new ExposureTally(query, words), cell);
  }
}
