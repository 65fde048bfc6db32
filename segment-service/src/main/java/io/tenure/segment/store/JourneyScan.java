package io.tenure.segment.store;

import io.tenure.platform.clickhouse.RowInput;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
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
    scans.read(sql, parameters, row -> visitor.visit(journey(query, row)));
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

  private static Journey journey(JourneyQuery query, RowInput row) {
    long user = Integer.toUnsignedLong(row.number32());
    long[] packed = row.numbers64();
    if (!query.keyed()) {
      return Journey.of(user, query.packing(), packed);
    }
    long[] keys = row.numbers64();
    int[][] codes = new int[query.attributes().coded().size()][];
    for (int attribute = 0; attribute < codes.length; attribute++) {
      codes[attribute] = row.numbers32();
    }
    int[][] related = new int[query.attributes().related().size()][];
    if (related.length > 0) {
      split(row.numbers32(), packed.length, related);
    }
    String[][] texts = new String[query.attributes().texts().size()][];
    for (int attribute = 0; attribute < texts.length; attribute++) {
      texts[attribute] = row.texts();
    }
    Journey.Attributes attributes = new Journey.Attributes(codes, related, texts);
    return Journey.of(user, query.packing(), packed, keys, attributes);
  }

  /** The numbers of all attributes come one behind the other; the first is that of no value, 1. */
  private static void split(int[] numbers, int events, int[][] related) {
    for (int attribute = 0; attribute < related.length; attribute++) {
      related[attribute] = new int[events];
      for (int event = 0; event < events; event++) {
        related[attribute][event] = numbers[1 + attribute * events + event] - 1;
      }
    }
  }
}
