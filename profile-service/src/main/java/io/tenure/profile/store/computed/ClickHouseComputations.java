package io.tenure.profile.store.computed;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.Computation;
import io.tenure.profile.domain.computed.Computation.State;
import io.tenure.profile.domain.computed.Computations;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computations as revisions in ClickHouse; the highest counts. */
public final class ClickHouseComputations implements Computations {

  private final ClickHouse clickHouse;

  /** Computations in the given store. */
  public ClickHouseComputations(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public void save(Computation computation) {
    clickHouse.insert(
        "trait_computations",
        List.of(
            Map.of(
                "project_id", computation.project().value(),
                "id", computation.id(),
                "revision", computation.revision(),
                "definition_id", computation.definitionId(),
                "open", computation.state() == State.RUNNING ? 1 : 0,
                "body", Json.write(computation),
                "time", computation.updateTime().toString())),
        null);
  }

  @Override
  public Optional<Computation> find(ProjectId project, String id) {
    return clickHouse
        .query(
            """
            SELECT body FROM trait_computations FINAL
            WHERE project_id = {project:String} AND id = {id:String}
            """,
            Map.of("project", project.value(), "id", id),
            ClickHouseComputations::read)
        .stream()
        .findFirst();
  }

  @Override
  public List<Computation> list(ProjectId project, String definitionId, String before, int limit) {
    return clickHouse.query(
        """
        SELECT body FROM trait_computations FINAL
        WHERE project_id = {project:String}
          AND ({definition:String} = '' OR definition_id = {definition:String})
          AND ({before:String} = '' OR id < {before:String})
        ORDER BY id DESC LIMIT {limit:UInt32}
        """,
        Map.of(
            "project", project.value(),
            "definition", definitionId,
            "before", before,
            "limit", limit),
        ClickHouseComputations::read);
  }

  @Override
  public List<Computation> open() {
    return clickHouse.query(
        "SELECT body FROM trait_computations FINAL WHERE open = 1 ORDER BY id, project_id",
        Map.of(),
        ClickHouseComputations::read);
  }

  private static Computation read(GenericRecord row) {
    return Json.MAPPER.readValue(row.getString("body"), Computation.class);
  }
}
