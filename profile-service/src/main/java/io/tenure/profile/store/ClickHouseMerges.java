package io.tenure.profile.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.Merge.State;
import io.tenure.profile.domain.merge.Merges;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges as revisions in the table {@code user_merges}; the highest counts. */
public final class ClickHouseMerges implements Merges {

  private final ClickHouse clickHouse;

  /** Merges in the given store. */
  public ClickHouseMerges(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public void save(Merge merge) {
    clickHouse.insert(
        "user_merges",
        List.of(
            Map.of(
                "project_id", merge.project().value(),
                "id", merge.id(),
                "revision", merge.revision(),
                "survivor", merge.survivor(),
                "absorbed", merge.absorbed(),
                "state", merge.state().name(),
                "author", merge.author(),
                "body", Json.write(merge),
                "time", merge.updateTime().toString())),
        null);
  }

  @Override
  public Optional<Merge> find(ProjectId project, String id) {
    return clickHouse
        .query(
            """
            SELECT body FROM user_merges FINAL
            WHERE project_id = {project:String} AND id = {id:String}
            """,
            Map.of("project", project.value(), "id", id),
            ClickHouseMerges::read)
        .stream()
        .findFirst();
  }

  @Override
  public List<Merge> list(ProjectId project, List<Long> users, String before, int limit) {
    return clickHouse.query(
        """
        SELECT body FROM user_merges FINAL
        WHERE project_id = {project:String}
          AND (empty({users:Array(UInt32)}) OR has({users:Array(UInt32)}, survivor)
            OR has({users:Array(UInt32)}, absorbed))
          AND ({before:String} = '' OR id < {before:String})
        ORDER BY id DESC LIMIT {limit:UInt32}
        """,
        Map.of("project", project.value(), "users", users, "before", before, "limit", limit),
        ClickHouseMerges::read);
  }

  @Override
  public List<Merge> holding(ProjectId project) {
    return clickHouse.query(
        """
        SELECT body FROM user_merges FINAL
        WHERE project_id = {project:String} AND state IN {states:Array(String)} ORDER BY id
        """,
        Map.of(
            "project",
            project.value(),
            "states",
            Arrays.stream(State.values()).filter(State::holds).map(State::name).toList()),
        ClickHouseMerges::read);
  }

  @Override
  public List<Merge> in(State state) {
    return clickHouse.query(
        "SELECT body FROM user_merges FINAL WHERE state = {state:String} ORDER BY id, project_id",
        Map.of("state", state.name()),
        ClickHouseMerges::read);
  }

  private static Merge read(GenericRecord row) {
    return Json.MAPPER.readValue(row.getString("body"), Merge.class);
  }
}
