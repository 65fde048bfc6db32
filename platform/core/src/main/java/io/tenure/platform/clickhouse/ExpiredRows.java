package io.tenure.platform.clickhouse;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The rows of a table that a project keeps no longer. They are removed for all projects together:
 * parts of the table that hold nothing else are dropped, which costs nothing, and one mutation
 * rewrites the others.
 *
 * <p>Parts, not partitions: a part never changes, so what was counted is what goes, whatever is
 * inserted meanwhile. In a cluster, where parts of different servers have the same names, all is
 * left to the mutation.
 */
public final class ExpiredRows {

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]+");

  private final ClickHouse clickHouse;
  private final String table;
  private final String time;
  private final String place;

  /**
   * Rows of a table with a column {@code project_id}.
   *
   * @param time the column that tells how old a row is
   */
  public ExpiredRows(ClickHouse clickHouse, String table, String time) {
    this(clickHouse, table, time, "");
  }

  private ExpiredRows(ClickHouse clickHouse, String table, String time, String place) {
    this.clickHouse = clickHouse;
    this.table = table;
    this.time = time;
    this.place = place;
  }

  /** Rows of a table that a cluster divides. */
  public static ExpiredRows divided(ClickHouse clickHouse, String table, String time) {
    return new ExpiredRows(clickHouse, table, time, " {on shards}");
  }

  /** Whether an earlier change of the table is not finished; another one would only wait for it. */
  public boolean busy() {
    return clickHouse
            .query(
                """
                SELECT count() AS waiting FROM system.mutations
                WHERE database = currentDatabase() AND table IN ({table:String}, {local:String}) AND NOT is_done
                """,
                Map.of("table", table, "local", clickHouse.layout().stored(table)),
                row -> row.getLong("waiting"))
            .getFirst()
        > 0;
  }

  /**
   * How many rows are too old.
   *
   * @param before rows before this, by project
   */
  public Map<ProjectId, Long> count(Map<ProjectId, Instant> before) {
    Map<ProjectId, Long> counts = new HashMap<>();
    if (!before.isEmpty()) {
      SqlParameters parameters = new SqlParameters();
      String condition = condition(before, parameters);
      clickHouse.scan(
          "SELECT project_id, count() AS found FROM %s WHERE %s GROUP BY project_id"
              .formatted(table, condition),
          parameters.values(),
          row -> counts.put(new ProjectId(row.getString("project_id")), row.getLong("found")));
    }
    return counts;
  }

  /** Removes them; when it returns, nobody finds them any more. */
  public void delete(Map<ProjectId, Instant> before) {
    if (count(before).isEmpty()) {
      return;
    }
    if (!clickHouse.layout().isCluster()) {
      whole(before).forEach(this::drop);
    }
    if (!count(before).isEmpty()) {
      SqlParameters parameters = new SqlParameters();
      String condition = condition(before, parameters);
      clickHouse.execute(
          "ALTER TABLE %s%s DELETE WHERE %s SETTINGS mutations_sync = 2"
              .formatted(table, place, condition),
          parameters.values());
    }
  }

  private List<String> whole(Map<ProjectId, Instant> before) {
    SqlParameters parameters = new SqlParameters();
    String condition = condition(before, parameters);
    return clickHouse.query(
        """
        SELECT part FROM (
          SELECT _part AS part, count() AS rows, countIf(%1$s) AS expired FROM %2$s
          WHERE _part IN (SELECT DISTINCT _part FROM %2$s WHERE %1$s)
          GROUP BY part)
        WHERE rows = expired ORDER BY part
        """
            .formatted(condition, table),
        parameters.values(),
        row -> row.getString("part"));
  }

  /** One that was merged meanwhile is part of another, which the mutation rewrites. */
  private void drop(String part) {
    if (!PART.matcher(part).matches()) {
      return;
    }
    try {
      clickHouse.execute("ALTER TABLE %s DROP PART '%s'".formatted(table, part), Map.of());
    } catch (Failure refused) {
      if (refused.reason() != Reason.INTERNAL) {
        throw refused;
      }
    }
  }

  /** The condition for rows that are too old. */
  public String condition(Map<ProjectId, Instant> before, SqlParameters parameters) {
    StringBuilder any = new StringBuilder("(0");
    before.forEach(
        (project, limit) ->
            any.append(" OR project_id = ")
                .append(parameters.project(project))
                .append(" AND ")
                .append(time)
                .append(" < ")
                .append(parameters.instant(limit)));
    return any.append(')').toString();
  }
}
