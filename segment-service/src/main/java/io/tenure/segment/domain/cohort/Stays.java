package io.tenure.segment.domain.cohort;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Journeys;
import java.util.List;
import java.util.function.Consumer;

/** Finds the stays of users in cohorts, by folding their events. */
public final class Stays {

  private final Journeys journeys;

  /** Stays of the given journeys. */
  public Stays(Journeys journeys) {
    this.journeys = journeys;
  }

  /** Hands over every stay; those of one user one directly after the other. */
  public void scan(ProjectId project, CohortQuery query, Consumer<Stay> consumer) {
    journeys.scan(project, query.journeys(), List.of(), new StayFold(query, consumer)::visit);
  }
}
