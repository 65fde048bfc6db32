package io.tenure.segment.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.condition.store.EventParameters;
import io.tenure.condition.store.EventSql;
import io.tenure.condition.store.Operand;
import io.tenure.condition.store.PropertyColumns;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.catalogue.CatalogueEvent;
import io.tenure.segment.domain.catalogue.CatalogueProperty;
import io.tenure.segment.domain.catalogue.Occurrence;
import io.tenure.segment.domain.catalogue.StoredNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names and values counted by ClickHouse, in the view without duplicates. */
public final class ClickHouseStoredNames implements StoredNames {

  private static final String SEEN =
      "count() AS events, toUnixTimestamp64Milli(min(event_time)) AS first_seen,"
          + " toUnixTimestamp64Milli(max(event_time)) AS last_seen";

  private final ClickHouse clickHouse;
  private final ColumnRegistry columns;

  /** Names in the given store. */
  public ClickHouseStoredNames(ClickHouse clickHouse, ColumnRegistry columns) {
    this.clickHouse = clickHouse;
    this.columns = columns;
  }

  @Override
  public List<CatalogueEvent> events(ProjectId project, TimeRange range) {
    SqlParameters parameters = new SqlParameters();
    return clickHouse.query(
        "SELECT name, %s, groupBitmap(user_number) AS users FROM events_final_v1 WHERE %s GROUP BY name"
            .formatted(SEEN, EventSql.inRange(parameters, project, range)),
        parameters.values(),
        row ->
            new CatalogueEvent(
                row.getString("name"),
                occurrence(row),
                row.getLong("users"),
                false,
                "",
                new TreeMap<>()));
  }

  @Override
  public Map<String, SortedMap<LocalDate, Long>> days(
      ProjectId project, Collection<String> names, TimeRange range, ZoneId zone) {
    Map<String, SortedMap<LocalDate, Long>> days = new HashMap<>();
    SqlParameters parameters = new SqlParameters();
    clickHouse.scan(
        "SELECT name, toString(toDate(event_time, %s)) AS day, count() AS events FROM events_final_v1 WHERE %s AND name IN %s GROUP BY name, day"
            .formatted(
                parameters.text(zone.getId()),
                EventSql.inRange(parameters, project, range),
                parameters.texts(names)),
        parameters.values(),
        row ->
            days.computeIfAbsent(row.getString("name"), name -> new TreeMap<>())
                .put(LocalDate.parse(row.getString("day")), row.getLong("events")));
    return days;
  }

  @Override
  public long count(Question question, int perMille) {
    SqlParameters parameters = new SqlParameters();
    return clickHouse
        .query(
            "SELECT count() AS events FROM " + events(parameters, question, perMille),
            parameters.values(),
            row -> row.getLong("events"))
        .getFirst();
  }

  /** Each value is looked at once for what it is; a text that is no JSON is only a text. */
  @Override
  public Map<String, CatalogueProperty.Values> properties(Question question, int perMille) {
    SqlParameters parameters = new SqlParameters();
    Map<String, CatalogueProperty.Values> properties = new HashMap<>();
    clickHouse.scan(
        """
        SELECT property, %s, count(number) AS numbers, countIf(value IN ('true', 'false')) AS booleans,
          countIf(startsWith(value, '[') AND isValidJSON(value)) AS lists,
          countIf(startsWith(value, '{') AND isValidJSON(value)) AS objects,
          uniqCombined(value) AS different, ifNull(toString(min(number)), '') AS smallest,
          ifNull(toString(max(number)), '') AS largest
        FROM (
          SELECT event_time, toString(pair.1) AS property, pair.2 AS value, toDecimal256OrNull(value, 38) AS number
          FROM (
            SELECT event_time, arrayJoin(CAST(properties, 'Array(Tuple(LowCardinality(String), String))')) AS pair
            FROM %s))
        GROUP BY property
        """
            .formatted(SEEN, events(parameters, question, perMille)),
        parameters.values(),
        row ->
            properties.put(
                row.getString("property"),
                new CatalogueProperty.Values(
                    occurrence(row),
                    row.getLong("numbers"),
                    row.getLong("booleans"),
                    row.getLong("lists"),
                    row.getLong("objects"),
                    row.getLong("different"),
                    number(row.getString("smallest")),
                    number(row.getString("largest")))));
    return properties;
  }

  @Override
  public List<ValueCount> values(
      Question question, int perMille, String property, String search, int limit) {
    SqlParameters parameters = new EventParameters(columns.current());
    Operand operand = EventSql.operand(parameters, property);
    return clickHouse.query(
        """
        SELECT toString(%s) AS value, count() AS events FROM %s AND %s%s
        GROUP BY value ORDER BY events DESC, value LIMIT %s
        """
            .formatted(
                operand.raw(),
                events(parameters, question, perMille),
                operand.present(),
                search.isEmpty()
                    ? ""
                    : " AND positionCaseInsensitiveUTF8(%s, %s) > 0"
                        .formatted(operand.raw(), parameters.text(search)),
                parameters.number(limit)),
        parameters.values(),
        row -> new ValueCount(row.getString("value"), row.getLong("events")));
  }

  @Override
  public Set<String> withColumns(Collection<String> properties) {
    PropertyColumns known = columns.current();
    return properties.stream().filter(known::has).collect(Collectors.toSet());
  }

  private static String events(SqlParameters parameters, Question question, int perMille) {
    return "events_final_v1 WHERE "
        + EventSql.inRange(parameters, question.project(), question.range())
        + (question.event().isEmpty() ? "" : " AND name = " + parameters.text(question.event()))
        + (perMille == 1000
            ? ""
            : " AND intHash64(user_number) % 1000 < " + parameters.number(perMille));
  }

  private static Occurrence occurrence(GenericRecord row) {
    return new Occurrence(
        row.getLong("events"),
        Instant.ofEpochMilli(row.getLong("first_seen")),
        Instant.ofEpochMilli(row.getLong("last_seen")));
  }

  private static @Nullable BigDecimal number(String text) {
    return text.isEmpty() ? null : new BigDecimal(text);
  }
}
