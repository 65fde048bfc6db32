package io.tenure.profile.store.export;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.export.Export;
import io.tenure.profile.domain.export.Export.State;
import io.tenure.profile.domain.export.Exports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Exports in the table {@code subject_exports}. Its columns are plain, so that an erasure can empty
 * the numbers of a row and leave that an export was.
 */
public final class ClickHouseExports implements Exports {

  private final ClickHouse clickHouse;

  /** Exports in the given store. */
  public ClickHouseExports(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public void save(Export export) {
    Map<String, Object> row = new HashMap<>();
    row.put("project_id", export.project().value());
    row.put("id", export.id());
    row.put("revision", export.revision());
    row.put("state", export.state().name());
    row.put("user_numbers", export.userNumbers());
    row.put("author", export.author());
    row.put("create_time", export.createTime().toString());
    row.put("update_time", export.updateTime().toString());
    row.put("counts", export.counts());
    row.put("size", export.size());
    clickHouse.insert("subject_exports", List.of(row), null);
  }

  @Override
  public List<Export> list(ProjectId project, String before, int limit) {
    return clickHouse.query(
        """
        SELECT id, revision, state, toJSONString(user_numbers) AS numbers, author,
          toUnixTimestamp64Milli(create_time) AS created, toUnixTimestamp64Milli(update_time) AS updated,
          toJSONString(counts) AS found, size
        FROM subject_exports FINAL
        WHERE project_id = {project:String} AND ({before:String} = '' OR id < {before:String})
        ORDER BY id DESC LIMIT {limit:UInt32}
        """,
        Map.of("project", project.value(), "before", before, "limit", limit),
        row -> read(project, row));
  }

  private static Export read(ProjectId project, GenericRecord row) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : Json.read(row.getString("numbers"))) {
      numbers.add(number.longValue());
    }
    Map<String, Long> counts = new HashMap<>();
    for (Map.Entry<String, JsonNode> count : Json.read(row.getString("found")).properties()) {
      counts.put(count.getKey(), Long.valueOf(count.getValue().asString()));
    }
    return new Export(
        project,
        row.getString("id"),
        row.getLong("revision"),
        State.valueOf(row.getString("state")),
        numbers,
        row.getString("author"),
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("updated")),
        counts,
        row.getLong("size"));
  }
}
