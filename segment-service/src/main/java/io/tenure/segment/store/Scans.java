package io.tenure.segment.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.condition.store.EventParameters;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouse.RowConsumer;
import io.tenure.platform.clickhouse.ClickHouse.RowReader;
import io.tenure.platform.clickhouse.QueryOptions;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.segment.domain.analysis.AnalysisLimits;
import io.tenure.segment.domain.analysis.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The statements of analyses. Each belongs to the {@link Run} at hand: it keeps the limits, adds to
 * what was read, stops when nobody waits any more, and is only explained when just the costs are
 * asked for.
 */
public final class Scans {

  private final ClickHouse clickHouse;
  private final Map<String, String> limits;
  private final ColumnRegistry columns;

  /**
   * Statements that keep the limits; groups beyond half of the memory go to disk.
   *
   * @param columns which properties have columns of their own
   */
  public Scans(ClickHouse clickHouse, AnalysisLimits limits, ColumnRegistry columns) {
    this.clickHouse = clickHouse;
    this.columns = columns;
    this.limits =
        Map.of(
            "max_rows_to_read",
            Long.toString(limits.maxRows()),
            "max_memory_usage",
            Long.toString(limits.maxMemory()),
            "max_bytes_before_external_group_by",
            Long.toString(limits.maxMemory() / 2));
  }

  /** Values for one statement about events, to be run at once. */
  SqlParameters parameters() {
    return new EventParameters(columns.current());
  }

  /** Hands over row after row. */
  void scan(String sql, SqlParameters parameters, RowConsumer consumer) {
    Run run = Run.current();
    run.check();
    if (run.isEstimate()) {
      run.read(estimate(sql, parameters));
      return;
    }
    QueryOptions options = new QueryOptions(run.nextStatement(), limits);
    ClickHouse.Reading reading =
        clickHouse.scan(
            sql,
            parameters.values(),
            options,
            row -> {
              run.check();
              consumer.accept(row);
            });
    run.read(reading.rowsRead());
  }

  /** Hands over row after row in binary form, as {@link ClickHouse#read} wants it. */
  void read(String sql, SqlParameters parameters, RowReader reader) {
    Run run = Run.current();
    run.check();
    if (run.isEstimate()) {
      run.read(estimate(sql, parameters));
      return;
    }
    QueryOptions options = new QueryOptions(run.nextStatement(), limits);
    ClickHouse.Reading reading =
        clickHouse.read(
            sql,
            parameters.values(),
            options,
            row -> {
              run.check();
              reader.read(row);
            });
    run.read(reading.rowsRead());
  }

  /** Collects the rows; for results whose size the statement bounds. */
  <T> List<T> rows(String sql, SqlParameters parameters, Function<GenericRecord, T> mapper) {
    List<T> rows = new ArrayList<>();
    scan(sql, parameters, row -> rows.add(mapper.apply(row)));
    return rows;
  }

  private long estimate(String sql, SqlParameters parameters) {
    return clickHouse
        .query(
            "SELECT sum(rows) AS total FROM (EXPLAIN ESTIMATE " + sql + ")",
            parameters.values(),
            row -> row.getLong("total"))
        .getFirst();
  }
}
