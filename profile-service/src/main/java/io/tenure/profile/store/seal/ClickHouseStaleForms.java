package io.tenure.profile.store.seal;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.seal.StaleForms;
import io.tenure.profile.store.StoredUsers;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks through the table {@code profiles}. */
public final class ClickHouseStaleForms implements StaleForms {

  private final ClickHouse clickHouse;
  private final StoredUsers users;

  /** Profiles in the given store. */
  public ClickHouseStaleForms(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.users = new StoredUsers(clickHouse);
  }

  @Override
  public List<ProjectId> projects() {
    return users.projects();
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
