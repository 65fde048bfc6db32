package io.tenure.profile.store.computed;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Revisions;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.Computation;
import io.tenure.profile.domain.computed.Computation.State;
import io.tenure.profile.domain.computed.Computations;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computations as revisions in the table {@code trait_computations}. */
public final class ClickHouseComputations implements Computations {

  private final Revisions<Computation> revisions;

  /** Computations in the given store. */
  public ClickHouseComputations(ClickHouse clickHouse) {
    this.revisions = new Revisions<>(clickHouse, "trait_computations", Computation.class);
  }

  @Override
  public void save(Computation computation) {
    revisions.save(
        new Revisions.Key(
            computation.project(),
            computation.id(),
            computation.revision(),
            computation.updateTime()),
        computation,
        Map.of(
            "definition_id",
            computation.definitionId(),
            "open",
            computation.state() == State.RUNNING ? 1 : 0));
  }

  @Override
  public Optional<Computation> find(ProjectId project, String id) {
    return revisions.find(project, id);
  }

  @Override
  public List<Computation> list(ProjectId project, String definitionId, String before, int limit) {
    return revisions.list(
        project,
        "{definition:String} = '' OR definition_id = {definition:String}",
        Map.of("definition", definitionId),
        before,
        limit);
  }

  @Override
  public List<Computation> open() {
    return revisions.all("open = 1", Map.of());
  }
}
