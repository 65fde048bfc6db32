package io.tenure.profile.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Revisions;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.Merge.State;
import io.tenure.profile.domain.merge.Merges;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Merges as revisions in the table {@code user_merges}. */
public final class ClickHouseMerges implements Merges {

  private final ClickHouse clickHouse;
  private final Revisions<Merge> revisions;

  /** Merges in the given store. */
  public ClickHouseMerges(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.revisions = new Revisions<>(clickHouse, "user_merges", Merge.class);
  }

  @Override
  public void save(Merge merge) {
    save(List.of(merge));
  }

  @Override
  public void save(List<Merge> several) {
    revisions.save(several.stream().map(ClickHouseMerges::entry).toList());
  }

  private static Revisions.Entry<Merge> entry(Merge merge) {
    return new Revisions.Entry<>(
        new Revisions.Key(merge.project(), merge.id(), merge.revision(), merge.updateTime()),
        merge,
        Map.of(
            "survivor", merge.survivor(),
            "absorbed", merge.absorbed(),
            "state", merge.state().name(),
            "author", merge.author()));
  }

  @Override
  public Optional<Merge> find(ProjectId project, String id) {
    return revisions.find(project, id);
  }

  @Override
  public List<Merge> list(ProjectId project, List<Long> users, String before, int limit) {
    return revisions.list(
        project,
        """
        empty({users:Array(UInt32)}) OR has({users:Array(UInt32)}, survivor)
          OR has({users:Array(UInt32)}, absorbed)
        """,
        Map.of("users", users),
        before,
        limit);
  }

  @Override
  public List<Merge> holding(ProjectId project) {
    return revisions.all(
        "project_id = {project:String} AND state IN {states:Array(String)}",
        Map.of(
            "project",
            project.value(),
            "states",
            Arrays.stream(State.values()).filter(State::holds).map(State::name).toList()));
  }

  @Override
  public List<Merge> in(State state) {
    return revisions.all("state = {state:String}", Map.of("state", state.name()));
  }

  @Override
  public List<Merge> in(ProjectId project, State state, Instant until, int limit) {
    List<Merge> found =
        revisions.all(
            """
            project_id = {project:String} AND state = {state:String}
              AND toUnixTimestamp64Milli(time) <= {until:Int64}
            """,
            Map.of(
                "project", project.value(), "state", state.name(), "until", until.toEpochMilli()));
    return found.subList(0, Math.min(limit, found.size()));
  }

  @Override
  public List<ProjectId> with(Set<State> states, Instant until) {
    return clickHouse.query(
        """
        SELECT DISTINCT project_id FROM user_merges FINAL
        WHERE state IN {states:Array(String)} AND toUnixTimestamp64Milli(time) <= {until:Int64}
        ORDER BY project_id
        """,
        Map.of("states", states.stream().map(State::name).toList(), "until", until.toEpochMilli()),
        row -> new ProjectId(row.getString("project_id")));
  }
}
