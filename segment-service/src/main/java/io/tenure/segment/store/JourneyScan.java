package io.tenure.segment.store;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Journeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads journeys: ClickHouse collects a user's events and turns texts into numbers, so that they
 * travel once and not with every event; they are put in order here.
 */
final class JourneyScan {

  /** The dictionary travels in the address of a request, which may have a megabyte. */
  private static final int MAX_DICTIONARY_LENGTH = 60_000;

  private final Scans scans;

  JourneyScan(Scans scans) {
    this.scans = scans;
  }

  /**
   * @param parameters with what the restriction needs
   * @param restriction condition on events to add, as {@link Conditions#andEvents} makes it
   */
  void scan(
      SqlParameters parameters,
      ProjectId project,
      JourneyQuery query,
      String restriction,
      List<Dictionary> dictionaries,
      Journeys.Visitor visitor) {
    String sql = new JourneySql(parameters, project, query, restriction).journeys(dictionaries);
    JourneyRows rows = new JourneyRows(query);
    Handover handover = new Handover(visitor);
    scans.read(sql, parameters, row -> handover.add(rows.journey(row)));
    handover.finish();
  }

  /** The dictionary of one attribute; see {@link #scan}. */
  Dictionary dictionary(
      SqlParameters parameters,
      ProjectId project,
      JourneyQuery query,
      String restriction,
      Column attribute) {
    String sql = new JourneySql(parameters, project, query, restriction).dictionary(attribute);
    List<String> texts = new ArrayList<>();
    int length = 0;
    for (String text : scans.rows(sql, parameters, row -> row.getString("text"))) {
      length += text.length() + 4;
      if (length > MAX_DICTIONARY_LENGTH) {
        break;
      }
      texts.add(text);
    }
    return new Dictionary(texts);
  }
}
