package io.tenure.profile.store.seal;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.seal.StaleForms;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks through the table {@code profiles}. */
public final class ClickHouseStaleForms implements StaleForms {

  private final ClickHouse clickHouse;

  /** Profiles in the given store. */
  public ClickHouseStaleForms(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<ProjectId> projects() {
    return clickHouse.query(
        "SELECT DISTINCT project_id FROM profiles ORDER BY project_id",
        Map.of(),
        row -> new ProjectId(row.getString("project_id")));
  }

  @Override
  public List<Long> find(ProjectId project, Set<String> sealed, long after, int limit) {
    return clickHouse.query(
        """
        SELECT user_number FROM profiles FINAL
        WHERE project_id = {project:String} AND user_number > {after:UInt64}
          AND arrayExists((name, value) -> startsWith(value, '~') != has({sealed:Array(String)}, name),
            mapKeys(traits), mapValues(traits))
        ORDER BY user_number LIMIT {limit:UInt32}
        """,
        Map.of(
            "project",
            project.value(),
            "after",
            after,
            "sealed",
            List.copyOf(sealed),
            "limit",
            limit),
        row -> row.getLong("user_number"));
  }
}
