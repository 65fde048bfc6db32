package io.tenure.profile.store.squash;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.squash.FinalNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Final numbers in the table {@code user_finals}, which the collector asks for every batch. */
public final class ClickHouseFinalNumbers implements FinalNumbers {

  private final ClickHouse clickHouse;

  /** Numbers in the given store. */
  public ClickHouseFinalNumbers(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public Map<Long, Long> of(ProjectId project) {
    Map<Long, Long> numbers = new HashMap<>();
    clickHouse.scan(
        """
        SELECT old_number, new_number FROM user_finals FINAL WHERE project_id = {project:String}
        """,
        Map.of("project", project.value()),
        row -> numbers.put(row.getLong("old_number"), row.getLong("new_number")));
    return numbers;
  }

  @Override
  public void write(ProjectId project, Map<Long, Long> numbers) {
    long version =
        clickHouse
            .query(
                """
                SELECT max(version) + 1 AS next FROM user_finals
                WHERE project_id = {project:String}
                """,
                Map.of("project", project.value()),
                row -> row.getLong("next"))
            .getFirst();
    List<Map<String, ?>> rows = new ArrayList<>();
    numbers.forEach(
        (before, now) ->
            rows.add(
                Map.of(
                    "project_id",
                    project.value(),
                    "old_number",
                    before,
                    "new_number",
                    now,
                    "version",
                    version)));
    clickHouse.insert("user_finals", rows, null);
  }
}
