package io.tenure.profile.store.retention;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.retention.RetentionMarks;
import io.tenure.profile.store.StoredUsers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Marks in the table {@code retention_marks}. */
public final class ClickHouseRetentionMarks implements RetentionMarks {

  private final ClickHouse clickHouse;
  private final StoredUsers users;

  /** Marks in the given store. */
  public ClickHouseRetentionMarks(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.users = new StoredUsers(clickHouse);
  }

  @Override
  public void set(ProjectId project, Instant time, Map<String, Long> watermarks) {
    long highest = users.highest(project);
    clickHouse.insert(
        "retention_marks",
        List.of(
            Map.of(
                "project_id",
                project.value(),
                "time",
                time.toString(),
                "watermarks",
                watermarks,
                "highest_number",
                Math.max(highest, highestNumber(project)))),
        null);
  }

  @Override
  public Map<String, Long> at(ProjectId project, Instant time) {
    Map<String, Long> watermarks = new HashMap<>();
    clickHouse.scan(
        """
        SELECT toJSONString(watermarks) AS reached FROM retention_marks
        WHERE project_id = {project:String} AND time <= fromUnixTimestamp64Milli({time:Int64}, 'UTC')
        ORDER BY time DESC LIMIT 1
        """,
        Map.of("project", project.value(), "time", time.toEpochMilli()),
        row -> {
          for (Map.Entry<String, JsonNode> mark :
              Json.read(row.getString("reached")).properties()) {
            watermarks.put(mark.getKey(), Long.valueOf(mark.getValue().asString()));
          }
        });
    return watermarks;
  }

  @Override
  public long highestNumber(ProjectId project) {
    return clickHouse
        .query(
            "SELECT max(highest_number) AS highest FROM retention_marks"
                + " WHERE project_id = {project:String}",
            Map.of("project", project.value()),
            row -> row.getLong("highest"))
        .getFirst();
  }
}
