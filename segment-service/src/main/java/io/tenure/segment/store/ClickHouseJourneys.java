package io.tenure.segment.store;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Journeys;

/** Journeys packed by ClickHouse. */
public final class ClickHouseJourneys implements Journeys {

  private final JourneyScan scan;
  private final Conditions conditions;

  /** Journeys of the users a condition may restrict. */
  public ClickHouseJourneys(Scans scans, Conditions conditions) {
    this.scan = new JourneyScan(scans);
    this.conditions = conditions;
  }

  @Override
  public void scan(ProjectId project, JourneyQuery query, Visitor visitor) {
    SqlParameters parameters = conditions.parameters();
    String users = conditions.andUsers(parameters, project, query.population());
    scan.scan(parameters, project, query, users, visitor);
  }
}
