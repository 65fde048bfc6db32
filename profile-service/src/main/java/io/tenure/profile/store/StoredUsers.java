package io.tenure.profile.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;

/** Which users the table {@code profiles} has, for all who go through them. */
public final class StoredUsers {

  private final ClickHouse clickHouse;

  /** Users of the given store. */
  public StoredUsers(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** Projects with users. */
  public List<ProjectId> projects() {
    return clickHouse.query(
        "SELECT DISTINCT project_id FROM profiles ORDER BY project_id",
        Map.of(),
        row -> new ProjectId(row.getString("project_id")));
  }

  /** The highest number of a project; 0 for none. */
  public long highest(ProjectId project) {
    return clickHouse
        .query(
            "SELECT max(user_number) AS highest FROM profiles WHERE project_id = {project:String}",
            Map.of("project", project.value()),
            row -> row.getLong("highest"))
        .getFirst();
  }
}
