package io.tenure.collector.store.column;

import io.tenure.collector.domain.column.ColumnSample;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Counts in the table of events as it lies there; a duplicate more or less changes no choice. */
public final class ClickHouseColumnSample implements ColumnSample {

  private final ClickHouse clickHouse;

  /** Events of the given store. */
  public ClickHouseColumnSample(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public Counts count(Collection<String> properties, Instant start, Instant end) {
    SqlParameters parameters = new SqlParameters();
    String events = " FROM events WHERE " + range(parameters, start, end);
    long all =
        clickHouse
            .query(
                "SELECT count() AS found" + events,
                parameters.values(),
                row -> row.getLong("found"))
            .getFirst();
    Map<String, Values> values = new HashMap<>();
    String names = parameters.texts(properties);
    clickHouse.scan(
        """
        SELECT toString(pair.1) AS property, count() AS found, uniqCombined(pair.2) AS different,
          countIf(isNotNull(toDecimal256OrNull(pair.2, 38))) AS numbers
        FROM (
          SELECT arrayJoin(CAST(mapFilter((name, value) -> has(%s, name), properties),
            'Array(Tuple(LowCardinality(String), String))')) AS pair %s)
        GROUP BY property
        """
            .formatted(names, events),
        parameters.values(),
        row ->
            values.put(
                row.getString("property"),
                new Values(
                    row.getLong("found"), row.getLong("numbers"), row.getLong("different"))));
    return new Counts(all, values);
  }

  private static String range(SqlParameters parameters, Instant start, Instant end) {
    return "toDate(event_time) >= "
        + parameters.date(date(start))
        + " AND toDate(event_time) <= "
        + parameters.date(date(end))
        + " AND event_time >= "
        + parameters.instant(start)
        + " AND event_time < "
        + parameters.instant(end);
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
