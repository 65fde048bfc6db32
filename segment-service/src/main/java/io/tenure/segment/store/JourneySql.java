package io.tenure.segment.store;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.JourneyQuery.Entry;
import io.tenure.segment.domain.journey.JourneyQuery.Text;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements for {@link JourneyScan}. */
final class JourneySql {

  private final SqlParameters parameters;
  private final ProjectId project;
  private final JourneyQuery query;
  private final String restriction;
  private final ColumnSql columns;

  /**
   * @param restriction condition on users and events to add to a WHERE
   */
  JourneySql(SqlParameters parameters, ProjectId project, JourneyQuery query, String restriction) {
    this.parameters = parameters;
    this.project = project;
    this.query = query;
    this.restriction = restriction;
    this.columns = new ColumnSql(parameters, project, query.attributes().columns());
  }

  /** The most frequent texts of an attribute. */
  String dictionary(Column attribute) {
    String anyOf =
        query.everything()
            ? ""
            : query.selectors().stream()
                .map(selector -> EventSql.matches(parameters, selector))
                .collect(Collectors.joining(" OR ", " AND (", ")"));
    return "SELECT toString(%s) AS text FROM %s WHERE %s%s AND %s GROUP BY text ORDER BY count() DESC, text LIMIT %d"
        .formatted(
            columns.raw(attribute),
            source(),
            where(),
            anyOf,
            columns.present(attribute),
            Dictionary.MAX_TEXTS);
  }

  /**
   * One row for each user, the events in any order: sorting pairs of time and key there costs more
   * than all the rest.
   */
  String journeys(List<Dictionary> dictionaries) {
    StringJoiner arrays = new StringJoiner(", ");
    arrays.add("toUInt8(1) AS row_mark, user_number, groupArray(packed)");
    StringJoiner values = new StringJoiner(", ");
    values.add("user_number, event_time, " + mask() + " AS mask");
    if (query.keyed()) {
      arrays.add("groupArray(event_key)");
      values.add("event_key");
    }
    for (int attribute = 0; attribute < dictionaries.size(); attribute++) {
      arrays.add("groupArray(code" + attribute + ")");
      values.add(
          code(query.attributes().coded().get(attribute), dictionaries.get(attribute))
              + " AS code"
              + attribute);
    }
    if (!query.attributes().related().isEmpty()) {
      arrays.add(related(values));
    }
    for (int attribute = 0; attribute < query.attributes().texts().size(); attribute++) {
      arrays.add("groupArray(text" + attribute + ")");
      values.add(text(query.attributes().texts().get(attribute)) + " AS text" + attribute);
    }
    return "SELECT "
        + arrays
        + " FROM (SELECT *, bitShiftLeft(toInt64(toUnixTimestamp64Milli(event_time)), "
        + query.packing().bits()
        + ") + mask AS packed FROM (SELECT "
        + values
        + " FROM "
        + source()
        + " WHERE "
        + where()
        + ")"
        + unselected()
        + ") GROUP BY user_number"
        + havingEntry();
  }

  /** Numbers of all related attributes, one behind the other; the first is that of no value. */
  private String related(StringJoiner values) {
    StringJoiner related = new StringJoiner(", ", "arrayEnumerateDense(arrayConcat([''], ", "))");
    for (int attribute = 0; attribute < query.attributes().related().size(); attribute++) {
      related.add("groupArray(related" + attribute + ")");
      values.add(
          columns.marked(query.attributes().related().get(attribute)) + " AS related" + attribute);
    }
    return related.toString();
  }

  private String source() {
    return columns.source("events_v1");
  }

  /** Leaves out what no selector selects. */
  private String unselected() {
    if (!query.everything()) {
      return " WHERE mask != 0";
    }
    return query.history() == 0
        ? ""
        : " WHERE mask != 0 OR event_time >= " + parameters.instant(query.range().start());
  }

  private String where() {
    return EventSql.inRange(parameters, project, query.reading())
        + (query.everything() ? "" : EventSql.andNamed(parameters, query.selectors()))
        + restriction
        + andEntry();
  }

  /** Of whoever does not enter nothing is collected, where events carry more than their time. */
  private String andEntry() {
    Entry entry = query.entry();
    if (entry == null || !query.keyed()) {
      return "";
    }
    List<EventSelector> selectors =
        IntStream.range(0, query.selectors().size())
            .filter(bit -> (entry.mask() & 1 << bit) != 0)
            .mapToObj(query.selectors()::get)
            .toList();
    String entered =
        selectors.stream()
            .map(selector -> EventSql.matches(parameters, selector))
            .collect(Collectors.joining(" OR ", "(", ")"));
    return " AND user_number IN (SELECT user_number FROM events_v1 WHERE "
        + EventSql.inRange(parameters, project, entry.range())
        + EventSql.andNamed(parameters, selectors)
        + " AND "
        + entered
        + restriction
        + ")";
  }

  /** Where they carry no more, reading the entries a second time would cost more than this. */
  private String havingEntry() {
    Entry entry = query.entry();
    if (entry == null || query.keyed()) {
      return "";
    }
    TimeRange range = entry.range();
    String sql = "bitAnd(packed, " + entry.mask() + ") != 0";
    if (range.start().isAfter(query.reading().start())) {
      sql += " AND packed >= " + packed(range.start().toEpochMilli());
    }
    if (range.end().isBefore(query.range().end())) {
      sql += " AND packed < " + packed(range.end().toEpochMilli());
    }
    return " HAVING countIf(" + sql + ") > 0";
  }

  private String packed(long millis) {
    return parameters.number(query.packing().pack(millis, 0));
  }

  private String mask() {
    StringJoiner mask = new StringJoiner(" + ");
    for (int bit = 0; bit < query.selectors().size(); bit++) {
      String matches = EventSql.matches(parameters, query.selectors().get(bit));
      if (query.history() != 0 && (query.history() & 1 << bit) == 0) {
        matches += " AND event_time >= " + parameters.instant(query.range().start());
      }
      mask.add("if(" + matches + ", " + (1L << bit) + ", 0)");
    }
    return mask.toString();
  }

  private String code(Column attribute, Dictionary dictionary) {
    int texts = dictionary.texts().size();
    String code =
        texts == 0
            ? "toUInt32(1)"
            : "transform(%s, %s, range(toUInt32(1), toUInt32(%d)), toUInt32(%d))"
                .formatted(
                    columns.raw(attribute),
                    parameters.texts(dictionary.texts()),
                    texts + 1,
                    texts + 1);
    return "if(" + columns.present(attribute) + ", " + code + ", toUInt32(0))";
  }

  private String text(Text text) {
    String marked = columns.marked(text.column());
    return text.mask() == Text.ANY
        ? marked
        : "if(bitAnd(mask, " + text.mask() + ") != 0, " + marked + ", '')";
  }
}
