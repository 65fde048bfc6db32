package io.tenure.profile.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Revisions;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.Merge.State;
import io.tenure.profile.domain.merge.Merges;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges as revisions in the table {@code user_merges}. */
public final class ClickHouseMerges implements Merges {

  private final Revisions<Merge> revisions;

  /** Merges in the given store. */
  public ClickHouseMerges(ClickHouse clickHouse) {
    this.revisions = new Revisions<>(clickHouse, "user_merges", Merge.class);
  }

  @Override
  public void save(Merge merge) {
    revisions.save(
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
}
