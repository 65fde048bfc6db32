package io.tenure.profile.store.erasure;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Revisions;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.erasure.Erasure;
import io.tenure.profile.domain.erasure.Erasures;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Erasures as revisions in the table {@code erasures}. */
public final class ClickHouseErasures implements Erasures {

  private final Revisions<Erasure> revisions;

  /** Erasures in the given store. */
  public ClickHouseErasures(ClickHouse clickHouse) {
    this.revisions = new Revisions<>(clickHouse, "erasures", Erasure.class);
  }

  @Override
  public void save(Erasure erasure) {
    revisions.save(
        new Revisions.Key(
            erasure.project(), erasure.id(), erasure.revision(), erasure.updateTime()),
        erasure,
        Map.of("open", erasure.stage() == Erasure.Stage.DONE ? 0 : 1));
  }

  @Override
  public Optional<Erasure> find(ProjectId project, String id) {
    return revisions.find(project, id);
  }

  @Override
  public List<Erasure> list(ProjectId project, String before, int limit) {
    return revisions.list(project, "true", Map.of(), before, limit);
  }

  @Override
  public List<Erasure> open() {
    return revisions.all("open = 1", Map.of());
  }
}
