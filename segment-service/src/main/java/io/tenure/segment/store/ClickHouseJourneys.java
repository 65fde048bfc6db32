package io.tenure.segment.store;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Journeys;
import java.util.List;

/** Journeys of the users a condition may restrict, collected by ClickHouse. */
public final class ClickHouseJourneys implements Journeys {

  private final JourneyScan scan;
  private final Conditions conditions;

  /** Journeys of the given events. */
  public ClickHouseJourneys(Scans scans, Conditions conditions) {
    this.scan = new JourneyScan(scans);
    this.conditions = conditions;
  }

  @Override
  public List<Dictionary> dictionaries(ProjectId project, JourneyQuery query) {
    return query.attributes().coded().stream()
        .map(attribute -> dictionary(project, query, attribute))
        .toList();
  }

  @Override
  public void scan(
      ProjectId project, JourneyQuery query, List<Dictionary> dictionaries, Visitor visitor) {
    SqlParameters parameters = conditions.parameters();
    String restriction =
        conditions.andEvents(parameters, project, query.population(), query.reading());
    scan.scan(parameters, project, query, restriction, dictionaries, visitor);
  }

  private Dictionary dictionary(ProjectId project, JourneyQuery query, Column attribute) {
    SqlParameters parameters = conditions.parameters();
    String restriction =
        conditions.andEvents(parameters, project, query.population(), query.reading());
    return scan.dictionary(parameters, project, query, restriction, attribute);
  }
}
