package io.tenure.platform.embedded.clickhouse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pooled connection that remembers which settings and database it has, so that each statement
 * finds exactly the ones its request named and none of an earlier one, and the usual case, the same
 * settings again, costs nothing.
 */
final class EngineSession implements AutoCloseable {

  private static final String DEFAULT_DATABASE = "default";

  private final String label;
  private final EngineConnection connection;
  private final Map<String, String> base;
  private Map<String, String> applied = Map.of();
  private String database = DEFAULT_DATABASE;

  EngineSession(String label, EngineConnection connection, Map<String, String> base) {
    this.label = label;
    this.connection = connection;
    this.base = base;
  }

  /**
   * The name by which the running statement of this session can be found in the engine's list of
   * processes.
   */
  String label() {
    return label;
  }

  EngineConnection connection() {
    return connection;
  }

  void prepare(String wantedDatabase, Map<String, String> wanted) {
    List<String> changes = new ArrayList<>();
    for (String name : applied.keySet()) {
      if (!wanted.containsKey(name)) {
        String value = base.get(name);
        changes.add(name + " = " + (value == null ? "DEFAULT" : quoted(value)));
      }
    }
    wanted.forEach(
        (name, value) -> {
          if (!value.equals(applied.get(name))) {
            changes.add(name + " = " + quoted(value));
          }
        });
    if (!changes.isEmpty()) {
      connection.ask("SET " + String.join(", ", changes));
      applied = new HashMap<>(wanted);
    }
    if (!wantedDatabase.equals(database)) {
      connection.ask("USE `" + wantedDatabase.replace("\\", "\\\\").replace("`", "\\`") + "`");
      database = wantedDatabase;
    }
  }

  /** False when a setting is in force that cannot be taken back. */
  boolean isReusable() {
    return !applied.containsKey("readonly");
  }

  @Override
  public void close() {
    connection.close();
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
