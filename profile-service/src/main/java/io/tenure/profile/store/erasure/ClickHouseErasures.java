package io.tenure.profile.store.erasure;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.erasure.Erasure;
import io.tenure.profile.domain.erasure.Erasures;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Erasures in the ClickHouse table {@code erasures}, whose highest revision counts. */
public final class ClickHouseErasures implements Erasures {

  private final ClickHouse clickHouse;

  /** Erasures in the given store. */
  public ClickHouseErasures(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public void save(Erasure erasure) {
    clickHouse.insert(
        "erasures",
        List.of(
            Map.of(
                "project_id", erasure.project().value(),
                "id", erasure.id(),
                "revision", erasure.revision(),
                "open", erasure.stage() == Erasure.Stage.DONE ? 0 : 1,
                "body", Json.write(erasure),
                "time", erasure.updateTime().toString())),
        null);
  }

  @Override
  public Optional<Erasure> find(ProjectId project, String id) {
    return clickHouse
        .query(
            """
            SELECT body FROM erasures FINAL
            WHERE project_id = {project:String} AND id = {id:String}
            """,
            Map.of("project", project.value(), "id", id),
            ClickHouseErasures::read)
        .stream()
        .findFirst();
  }

  @Override
  public List<Erasure> list(ProjectId project, String before, int limit) {
    return clickHouse.query(
        """
        SELECT body FROM erasures FINAL
        WHERE project_id = {project:String} AND ({before:String} = '' OR id < {before:String})
        ORDER BY id DESC LIMIT {limit:UInt32}
        """,
        Map.of("project", project.value(), "before", before, "limit", limit),
        ClickHouseErasures::read);
  }

  @Override
  public List<Erasure> open() {
    return clickHouse.query(
        "SELECT body FROM erasures FINAL WHERE open = 1 ORDER BY id, project_id LIMIT 1000",
        Map.of(),
        ClickHouseErasures::read);
  }

  private static Erasure read(GenericRecord row) {
    return Json.MAPPER.readValue(row.getString("body"), Erasure.class);
  }
}
