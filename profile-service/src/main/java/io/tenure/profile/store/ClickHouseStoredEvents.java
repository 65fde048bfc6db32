package io.tenure.profile.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.merge.MergePreviews.StoredEvents;
import java.util.List;
import java.util.Map;

/** Counts events by the number they were stored under, which an index finds. */
public final class ClickHouseStoredEvents implements StoredEvents {

  private final ClickHouse clickHouse;

  /** Events of the given store. */
  public ClickHouseStoredEvents(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public long count(ProjectId project, List<Long> numbers) {
    return clickHouse
        .query(
            """
            SELECT count() AS found FROM events_final_v1
            WHERE project_id = {project:String} AND stored_user_number IN {numbers:Array(UInt32)}
            SETTINGS use_skip_indexes_if_final = 1
            """,
            Map.of("project", project.value(), "numbers", numbers),
            row -> row.getLong("found"))
        .getFirst();
  }
}
