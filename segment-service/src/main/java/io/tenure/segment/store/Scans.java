package io.tenure.segment.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.condition.store.EventParameters;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouse.Reading;
import io.tenure.platform.clickhouse.ClickHouse.RowConsumer;
import io.tenure.platform.clickhouse.ClickHouse.RowReader;
import io.tenure.platform.clickhouse.QueryOptions;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.failure.Failure;
import io.tenure.segment.domain.analysis.AnalysisLimits;
import io.tenure.segment.domain.analysis.Run;
import io.tenure.segment.domain.analysis.Statements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements of analyses. Each belongs to the {@link Run} at hand: it keeps the limits, adds to
 * what was read, stops when nobody waits any more, and is only explained when just the costs are
 * asked for.
 */
public final class Scans implements Statements {

  private static final Logger LOG = LoggerFactory.getLogger(Scans.class);

  /**
   * Begins the comment that names a statement: an embedded engine gives it an id of its own, and
   * only its text is seen from outside.
   */
  private static final String COMMENT = "/* run ";

  /**
   * From so many groups on the engine merges them in 256 parts, side by side. Each part is then
   * answered by itself, which costs a small question more than it saves.
   */
  private static final String GROUPS_TO_MERGE_IN_PARTS = "1000000";

  private final ClickHouse clickHouse;
  private final QueryOptions options;
  private final QueryOptions groups;
  private final ColumnRegistry columns;

  /**
   * Statements that keep the limits; groups beyond half of the memory go to disk, which asks for
   * parts.
   *
   * @param columns which properties have columns of their own
   */
  public Scans(ClickHouse clickHouse, AnalysisLimits limits, ColumnRegistry columns) {
    this.clickHouse = clickHouse;
    this.columns = columns;
    Map<String, String> kept =
        Map.of(
            "max_rows_to_read",
            Long.toString(limits.maxRows()),
            "max_memory_usage",
            Long.toString(limits.maxMemory()),
            "max_bytes_before_external_group_by",
            Long.toString(limits.maxMemory() / 2));
    this.options = new QueryOptions(null, kept);
    Map<String, String> inParts = new HashMap<>(kept);
    inParts.put("group_by_two_level_threshold", GROUPS_TO_MERGE_IN_PARTS);
    inParts.put("group_by_two_level_threshold_bytes", Long.toString(limits.maxMemory() / 4));
    this.groups = new QueryOptions(null, inParts);
  }

  /** Values for one statement about events, to be run at once. */
  SqlParameters parameters() {
    return new EventParameters(columns.current());
  }

  /** Hands over row after row. */
  void scan(String sql, SqlParameters parameters, RowConsumer consumer) {
    run(
        sql,
        parameters,
        (run, named) ->
            clickHouse.scan(
                named,
                parameters.values(),
                options,
                row -> {
                  run.check();
                  consumer.accept(row);
                }));
  }

  /** Hands over group after group in binary form, as {@link ClickHouse#read} wants it. */
  void read(String sql, SqlParameters parameters, RowReader reader) {
    run(
        sql,
        parameters,
        (run, named) ->
            clickHouse.read(
                named,
                parameters.values(),
                groups,
                row -> {
                  run.check();
                  reader.read(row);
                }));
  }

  @Override
  public long rowsRead(Run run) {
    long now =
        clickHouse
            .query(
                "SELECT sum(read_rows) AS total FROM system.processes WHERE startsWith(query,"
                    + " {name:String})",
                Map.of("name", COMMENT + run.id()),
                row -> row.getLong("total"))
            .getFirst();
    return run.rowsRead() + now;
  }

  private void run(
      String sql, SqlParameters parameters, BiFunction<Run, String, Reading> statement) {
    Run run = Run.current();
    run.check();
    if (run.isEstimate()) {
      run.read(estimate(sql, parameters));
      return;
    }
    String name = COMMENT + run.nextStatement() + " */ ";
    run.stoppedBy(() -> Thread.startVirtualThread(() -> stop(name)));
    try {
      run.read(statement.apply(run, name + sql).rowsRead());
    } catch (Failure failure) {
      run.check();
      throw failure;
    } finally {
      run.stoppedBy(null);
    }
  }

  /** A statement that has ended meanwhile is no defect. The name is ours and random. */
  private void stop(String name) {
    try {
      clickHouse.execute("KILL QUERY WHERE startsWith(query, '" + name + "') ASYNC", Map.of());
    } catch (Failure failure) {
      LOG.warn("A cancelled statement was not stopped: {}", failure.text(), failure);
    }
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
