package io.tenure.segment.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.funnel.JourneyQuery;
import io.tenure.segment.domain.funnel.Journeys;

/** Journeys packed by ClickHouse. */
public final class ClickHouseJourneys implements Journeys {

  private final JourneyScan scan;
  private final Conditions conditions;

  /** Journeys of the users a condition may restrict. */
  public ClickHouseJourneys(ClickHouse clickHouse, Conditions conditions) {
    this.scan = new JourneyScan(clickHouse);
    this.conditions = conditions;
  }

  @Override
  public long scan(ProjectId project, JourneyQuery query, Visitor visitor) {
    SqlParameters parameters = new SqlParameters();
    String users = conditions.andUsers(parameters, project, query.users(), query.entry().end());
    return scan.scan(parameters, project, query, users, visitor);
  }
}
