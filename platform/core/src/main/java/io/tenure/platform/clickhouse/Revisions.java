package io.tenure.platform.clickhouse;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Long work and other things with states, each state written as a whole: a table with the columns
 * {@code project_id}, {@code id}, {@code revision}, {@code body} (JSON), {@code time} and some to
 * choose by, a {@code ReplacingMergeTree} whose highest revision counts.
 *
 * @param <T> what is written
 */
public final class Revisions<T> {

  private final ClickHouse clickHouse;
  private final String table;
  private final Class<T> type;

  /** States in a table. */
  public Revisions(ClickHouse clickHouse, String table, Class<T> type) {
    this.clickHouse = clickHouse;
    this.table = table;
    this.type = type;
  }

  /**
   * Whose state it is.
   *
   * @param id ascending with time
   * @param revision counts the states, from 1
   * @param time when it came to be so
   */
  public record Key(ProjectId project, String id, long revision, Instant time) {}

  /**
   * Writes a state; writing it again changes nothing.
   *
   * @param columns to choose by, besides project and id
   */
  public void save(Key key, T state, Map<String, ?> columns) {
    save(List.of(new Entry<>(key, state, columns)));
  }

  /** Writes several states, all or none. */
  public void save(List<Entry<T>> states) {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (Entry<T> entry : states) {
      Map<String, Object> row = new HashMap<>(entry.columns());
      row.put("project_id", entry.key().project().value());
      row.put("id", entry.key().id());
      row.put("revision", entry.key().revision());
      row.put("body", Json.write(entry.state()));
      row.put("time", entry.key().time().toString());
      rows.add(row);
    }
    clickHouse.insert(table, rows, null);
  }

  /**
   * A state to write.
   *
   * @param columns to choose by, besides project and id
   */
  public record Entry<T>(Key key, T state, Map<String, ?> columns) {}

  /** The current state. */
  public Optional<T> find(ProjectId project, String id) {
    return read(
            "project_id = {project:String} AND id = {id:String}",
            Map.of("project", project.value(), "id", id))
        .stream()
        .findFirst();
  }

  /**
   * Current states of a project, newest first.
   *
   * @param condition in SQL, with placeholders
   * @param parameters their values
   * @param before only ids before this; empty to start
   */
  public List<T> list(
      ProjectId project, String condition, Map<String, ?> parameters, String before, int limit) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("revisions_project", project.value());
    all.put("revisions_before", before);
    all.put("revisions_limit", limit);
    return read(
        "project_id = {revisions_project:String}"
            + " AND ({revisions_before:String} = '' OR id < {revisions_before:String})"
            + " AND ("
            + condition
            + ") ORDER BY id DESC LIMIT {revisions_limit:UInt32}",
        all);
  }

  /**
   * Current states of all projects, oldest first.
   *
   * @param condition in SQL, with placeholders
   */
  public List<T> all(String condition, Map<String, ?> parameters) {
    return read("(" + condition + ") ORDER BY id, project_id", parameters);
  }

  private List<T> read(String rest, Map<String, ?> parameters) {
    return clickHouse.query(
        "SELECT body FROM " + table + " FINAL WHERE " + rest, parameters, this::state);
  }

  private T state(GenericRecord row) {
    return Json.MAPPER.readValue(row.getString("body"), type);
  }
}
