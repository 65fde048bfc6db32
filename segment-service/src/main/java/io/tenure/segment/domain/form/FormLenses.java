package io.tenure.segment.domain.form;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Journeys;
import java.time.Instant;

/** Answers form lenses. */
public final class FormLenses implements Model<FormQuery, FormLens, FormCell> {

  private final Journeys journeys;

  /** Lenses over the given journeys. */
  public FormLenses(Journeys journeys) {
    this.journeys = journeys;
  }

  @Override
  public FormLens run(ProjectId project, FormQuery query, Instant now) {
    return journeys
        .tally(project, query.journeys(), words -> new FormTally(query, words, now))
        .result();
  }

  @Override
  public long[] users(ProjectId project, FormQuery query, FormCell cell, Instant now) {
    return journeys.users(
        project, query.journeys(), words -> new FormTally(query, words, now), cell);
  }
}
