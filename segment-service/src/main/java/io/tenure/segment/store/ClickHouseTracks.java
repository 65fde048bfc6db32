package io.tenure.segment.store;

import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.RowInput;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.Track;
import io.tenure.segment.domain.track.TrackQuery;
import io.tenure.segment.domain.track.Tracks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tracks collected by ClickHouse and put in order here. Sorting pairs of time and key there costs
 * more than all the rest; and texts become numbers there, so that they travel once and not with
 * every event.
 */
public final class ClickHouseTracks implements Tracks {

  /** The dictionary travels in the address of a request, which may have a megabyte. */
  private static final int MAX_DICTIONARY_LENGTH = 60_000;

  private static final String[] NO_AMOUNTS = {};

  private final Scans scans;
  private final Conditions conditions;

  /** Tracks of the users a condition may restrict. */
  public ClickHouseTracks(Scans scans, Conditions conditions) {
    this.scans = scans;
    this.conditions = conditions;
  }

  @Override
  public List<Dictionary> dictionaries(ProjectId project, TrackQuery query) {
    return query.coded().stream().map(attribute -> dictionary(project, query, attribute)).toList();
  }

  @Override
  public void scan(
      ProjectId project, TrackQuery query, List<Dictionary> dictionaries, Visitor visitor) {
    SqlParameters parameters = scans.parameters();
    String sql =
        new TrackSql(parameters, project, query, users(parameters, project, query))
            .tracks(dictionaries);
    scans.read(sql, parameters, row -> visitor.visit(track(query, row)));
  }

  private Dictionary dictionary(ProjectId project, TrackQuery query, Column attribute) {
    SqlParameters parameters = scans.parameters();
    String sql =
        new TrackSql(parameters, project, query, users(parameters, project, query))
            .texts(attribute, Dictionary.MAX_TEXTS);
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

  private String users(SqlParameters parameters, ProjectId project, TrackQuery query) {
    String users = conditions.andUsers(parameters, project, query.population());
    if (query.need() == 0) {
      return users;
    }
    String needed =
        IntStream.range(0, query.selectors().size())
            .filter(bit -> (query.need() & 1 << bit) != 0)
            .mapToObj(bit -> EventSql.matches(parameters, query.selectors().get(bit)))
            .collect(Collectors.joining(" OR "));
    return users
        + " AND user_number IN (SELECT user_number FROM events_v1 WHERE "
        + EventSql.inRange(parameters, project, query.needed())
        + " AND ("
        + needed
        + "))";
  }

  private static Track track(TrackQuery query, RowInput row) {
    long user = Integer.toUnsignedLong(row.number32());
    long[] packed = row.numbers64();
    long[] keys = row.numbers64();
    int[][] codes = new int[query.coded().size()][];
    for (int attribute = 0; attribute < codes.length; attribute++) {
      codes[attribute] = row.numbers32();
    }
    int[][] related = new int[query.related().size()][];
    if (related.length > 0) {
      split(row.numbers32(), packed.length, related);
    }
    String[] amounts = query.amount() == null ? NO_AMOUNTS : row.texts();
    return Track.of(user, query.selectors().size(), packed, keys, codes, related, amounts);
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
