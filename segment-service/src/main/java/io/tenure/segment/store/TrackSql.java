package io.tenure.segment.store;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.TrackQuery;
import java.util.List;
import java.util.StringJoiner;

/** Statements for {@link ClickHouseTracks}. */
final class TrackSql {

  private final SqlParameters parameters;
  private final ProjectId project;
  private final TrackQuery query;
  private final String restriction;

  /**
   * @param restriction condition on users to add to a WHERE
   */
  TrackSql(SqlParameters parameters, ProjectId project, TrackQuery query, String restriction) {
    this.parameters = parameters;
    this.project = project;
    this.query = query;
    this.restriction = restriction;
  }

  /** The most frequent texts of an attribute. */
  String texts(Column attribute, int limit) {
    String present =
        switch (attribute) {
          case Column.Name _ -> "";
          case Column.Property property -> " AND " + has(property.name());
        };
    return "SELECT toString(%s) AS text FROM events_v1 WHERE %s%s GROUP BY text ORDER BY count() DESC, text LIMIT %d"
        .formatted(text(attribute), where(), present, limit);
  }

  /** One row for each user, the events in any order. */
  String tracks(List<Dictionary> dictionaries) {
    StringJoiner columns = new StringJoiner(", ");
    columns.add("toUInt8(1) AS row_mark, user_number, groupArray(packed), groupArray(event_key)");
    StringJoiner values = new StringJoiner(", ");
    values.add(
        "user_number, event_key, bitShiftLeft(toInt64(toUnixTimestamp64Milli(event_time)), %d) + %s AS packed"
            .formatted(query.selectors().size(), mask()));
    for (int attribute = 0; attribute < dictionaries.size(); attribute++) {
      columns.add("groupArray(code" + attribute + ")");
      values.add(
          code(query.coded().get(attribute), dictionaries.get(attribute)) + " AS code" + attribute);
    }
    if (!query.related().isEmpty()) {
      StringJoiner related = new StringJoiner(", ", "arrayEnumerateDense(arrayConcat([''], ", "))");
      for (int attribute = 0; attribute < query.related().size(); attribute++) {
        related.add("groupArray(related" + attribute + ")");
        values.add(marked(query.related().get(attribute)) + " AS related" + attribute);
      }
      columns.add(related.toString());
    }
    if (query.amount() != null) {
      columns.add("groupArray(amount)");
      values.add(
          "if(bitAnd(packed, "
              + query.amountBits()
              + ") != 0, "
              + property(query.amount())
              + ", '') AS amount");
    }
    return "SELECT "
        + columns
        + " FROM (SELECT "
        + values
        + " FROM events_v1 WHERE "
        + where()
        + ") GROUP BY user_number";
  }

  private String where() {
    String sql = EventSql.inRange(parameters, project, query.range());
    if (!query.everything()) {
      StringJoiner any = new StringJoiner(" OR ", " AND (", ")");
      for (EventSelector selector : query.selectors()) {
        any.add(EventSql.matches(parameters, selector));
      }
      sql += EventSql.andNamed(parameters, query.selectors()) + any;
    }
    return sql + restriction;
  }

  private String mask() {
    StringJoiner mask = new StringJoiner(" + ");
    for (int bit = 0; bit < query.selectors().size(); bit++) {
      String matches = EventSql.matches(parameters, query.selectors().get(bit));
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
                    text(attribute), parameters.texts(dictionary.texts()), texts + 1, texts + 1);
    return switch (attribute) {
      case Column.Name _ -> code;
      case Column.Property property ->
          "if(" + has(property.name()) + ", " + code + ", toUInt32(0))";
    };
  }

  private String marked(Column attribute) {
    return switch (attribute) {
      case Column.Name _ -> "concat('=', name)";
      case Column.Property property ->
          "if(" + has(property.name()) + ", concat('=', " + property(property.name()) + "), '')";
    };
  }

  private String text(Column attribute) {
    return switch (attribute) {
      case Column.Name _ -> "name";
      case Column.Property property -> property(property.name());
    };
  }

  private String property(String name) {
    return EventSql.operand(parameters, name).raw();
  }

  private String has(String name) {
    return EventSql.operand(parameters, name).present();
  }
}
