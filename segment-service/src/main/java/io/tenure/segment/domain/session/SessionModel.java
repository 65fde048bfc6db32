package io.tenure.segment.domain.session;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Journeys;
import java.time.Instant;

/** Answers session queries. */
public final class SessionModel implements Model<SessionQuery, Sessions, SessionCell> {

  private final Journeys journeys;

  /** Sessions of the given journeys. */
  public SessionModel(Journeys journeys) {
    this.journeys = journeys;
  }

  @Override
  public Sessions run(ProjectId project, SessionQuery query, Instant now) {
    return journeys
        .tally(project, query.journeys(), words -> new SessionTally(query, words))
        .result(now);
  }

  @Override
  public long[] users(ProjectId project, SessionQuery query, SessionCell cell, Instant now) {
    return journeys.users(project, query.journeys(), words -> new SessionTally(query, words), cell);
  }
}
