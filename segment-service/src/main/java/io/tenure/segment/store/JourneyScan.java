package io.tenure.segment.store;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.store.EventSql;
import io.tenure.condition.store.Operand;
import io.tenure.platform.clickhouse.RowInput;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.JourneyQuery.Entry;
import io.tenure.segment.domain.journey.Journeys;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Packs each user's events: one time and one bit for each selector. */
final class JourneyScan {

  private final Scans scans;

  JourneyScan(Scans scans) {
    this.scans = scans;
  }

  /**
   * @param restriction condition on users to add, as {@link Conditions#andUsers} makes it
   */
  void scan(
      SqlParameters parameters,
      ProjectId project,
      JourneyQuery query,
      String restriction,
      Journeys.Visitor visitor) {
    String packed = packed(parameters, project, query, restriction);
    boolean held = !query.held().isEmpty();
    String sql =
        "SELECT toUInt8(1) AS row_mark, user_number, "
            + journey(query)
            + " FROM ("
            + (query.distinct() ? distinct(query, packed) : packed)
            + ") GROUP BY user_number"
            + (held ? ", keys" : "")
            + " HAVING countIf("
            + isEntry(parameters, query)
            + ") > 0"
            + (held ? " ORDER BY user_number" : "");
    scans.read(
        sql,
        parameters,
        row -> visitor.visit(Integer.toUnsignedLong(row.number32()), journey(query, row)));
  }

  private static String packed(
      SqlParameters parameters, ProjectId project, JourneyQuery query, String restriction) {
    String events =
        "SELECT user_number, event_key, event_time, %s AS mask%s FROM events_v1 WHERE %s%s%s%s"
            .formatted(
                mask(parameters, query.selectors()),
                values(parameters, query),
                EventSql.inRange(parameters, project, query.range()),
                query.everything() ? "" : EventSql.andNamed(parameters, query.selectors()),
                hasHeld(parameters, query),
                restriction);
    return "SELECT user_number, event_key"
        + names(query, "keys", text -> "text_" + text)
        + ", bitShiftLeft(toInt64(toUnixTimestamp64Milli(event_time)), "
        + query.packing().bits()
        + ") + mask AS packed FROM ("
        + events
        + ")"
        + (query.everything() ? "" : " WHERE mask != 0");
  }

  /** One of each stored event. Other names inside, or an aggregate would find its own result. */
  private static String distinct(JourneyQuery query, String packed) {
    String inner =
        "SELECT user_number, event_key, packed AS at"
            + names(query, "keys AS all_keys", text -> "text_%1$d AS all_text_%1$d".formatted(text))
            + " FROM ("
            + packed
            + ")";
    String first = "argMin(%1$s, at) AS %2$s";
    return "SELECT user_number, min(at) AS packed"
        + names(
            query,
            first.formatted("all_keys", "keys"),
            text -> first.formatted("all_text_" + text, "text_" + text))
        + " FROM ("
        + inner
        + ") GROUP BY user_number, event_key";
  }

  /** The values that are held, and the texts that come with each event. */
  private static String values(SqlParameters parameters, JourneyQuery query) {
    String keys =
        query.held().stream()
            .map(property -> EventSql.operand(parameters, property).raw())
            .collect(Collectors.joining(", ", "array(", ") AS keys"));
    return names(
        query, keys, text -> text(parameters, query.columns().get(text)) + " AS text_" + text);
  }

  private static String text(SqlParameters parameters, Column column) {
    return switch (column) {
      case Column.Name() -> "concat('=', name)";
      case Column.Property(String name) -> {
        Operand value = EventSql.operand(parameters, name);
        yield "if(%s, concat('=', %s), '')".formatted(value.present(), value.raw());
      }
    };
  }

  /** The held values, if there are any, and every text, each after a comma. */
  private static String names(JourneyQuery query, String keys, IntFunction<String> text) {
    return (query.held().isEmpty() ? "" : ", " + keys)
        + IntStream.range(0, query.columns().size())
            .mapToObj(index -> ", " + text.apply(index))
            .collect(Collectors.joining());
  }

  private static String hasHeld(SqlParameters parameters, JourneyQuery query) {
    return query.held().stream()
        .map(property -> " AND " + EventSql.operand(parameters, property).present())
        .collect(Collectors.joining());
  }

  private static String journey(JourneyQuery query) {
    if (query.columns().isEmpty()) {
      return "groupArray(packed) AS events";
    }
    StringJoiner tuple = new StringJoiner(", ", "(packed, ", ")");
    StringBuilder texts = new StringBuilder();
    for (int text = 0; text < query.columns().size(); text++) {
      tuple.add("text_" + text);
      texts.append(", arrayMap(x -> x.%d, ordered) AS texts_%d".formatted(text + 2, text));
    }
    return "arrayMap(x -> x.1, arraySort(groupArray(" + tuple + ")) AS ordered) AS events" + texts;
  }

  private static Journey journey(JourneyQuery query, RowInput row) {
    long[] events = row.numbers64();
    if (query.columns().isEmpty()) {
      Arrays.sort(events);
    }
    return new Journey(
        events, query.columns().stream().map(_ -> Arrays.asList(row.texts())).toList());
  }

  private static String isEntry(SqlParameters parameters, JourneyQuery query) {
    Entry entry = query.entry();
    String sql = "bitAnd(packed, " + entry.mask() + ") != 0";
    if (entry.range().start().isAfter(query.range().start())) {
      long start = query.packing().pack(entry.range().start().toEpochMilli(), 0);
      sql += " AND packed >= " + parameters.number(start);
    }
    if (entry.range().end().isBefore(query.range().end())) {
      long end = query.packing().pack(entry.range().end().toEpochMilli(), 0);
      sql += " AND packed < " + parameters.number(end);
    }
    return sql;
  }

  private static String mask(SqlParameters parameters, List<EventSelector> selectors) {
    StringJoiner mask = new StringJoiner(" + ");
    for (int bit = 0; bit < selectors.size(); bit++) {
      mask.add(
          "if(" + EventSql.matches(parameters, selectors.get(bit)) + ", " + (1L << bit) + ", 0)");
    }
    return mask.toString();
  }
}
