package io.tenure.profile.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.merge.Overrides;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Overrides in the table {@code user_overrides}, which queries read as the dictionary {@code
 * merged_users}. It is reloaded here after every change; other servers of a cluster do so by
 * themselves within seconds.
 */
public final class ClickHouseOverrides implements Overrides {

  private final ClickHouse clickHouse;

  /** Overrides in the given store. */
  public ClickHouseOverrides(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @java.lang.Override
  public void replace(ProjectId project, List<Override> written, Collection<Long> removed) {
    if (!written.isEmpty() || !removed.isEmpty()) {
      long version = nextVersion(project);
      List<Map<String, Object>> rows = new ArrayList<>();
      written.forEach(override -> rows.add(row(project, override, version, 0)));
      removed.forEach(number -> rows.add(row(project, new Override(number, 0), version, 1)));
      clickHouse.insert("user_overrides", rows, null);
    }
    clickHouse.execute("SYSTEM RELOAD DICTIONARY merged_users", Map.of());
  }

  @java.lang.Override
  public List<Override> list(ProjectId project) {
    return clickHouse.query(
        """
        SELECT old_number, new_number FROM user_overrides FINAL WHERE project_id = {project:String} ORDER BY old_number
        """,
        Map.of("project", project.value()),
        row -> new Override(row.getLong("old_number"), row.getLong("new_number")));
  }

  private long nextVersion(ProjectId project) {
    return clickHouse
        .query(
            """
            SELECT max(version) + 1 AS next FROM user_overrides
            WHERE project_id = {project:String}
            """,
            Map.of("project", project.value()),
            row -> row.getLong("next"))
        .getFirst();
  }

  private static Map<String, Object> row(
      ProjectId project, Override override, long version, int deleted) {
    Map<String, Object> row = new HashMap<>();
    row.put("project_id", project.value());
    row.put("old_number", override.oldNumber());
    row.put("new_number", override.newNumber());
    row.put("version", version);
    row.put("deleted", deleted);
    return row;
  }
}
