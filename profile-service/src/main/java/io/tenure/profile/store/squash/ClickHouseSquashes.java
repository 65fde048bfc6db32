package io.tenure.profile.store.squash;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Revisions;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.squash.Squash;
import io.tenure.profile.domain.squash.Squashes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Squashes as revisions in the table {@code user_squashes}. */
public final class ClickHouseSquashes implements Squashes {

  private final Revisions<Squash> revisions;

  /** Squashes in the given store. */
  public ClickHouseSquashes(ClickHouse clickHouse) {
    this.revisions = new Revisions<>(clickHouse, "user_squashes", Squash.class);
  }

  @Override
  public void save(Squash squash) {
    revisions.save(
        new Revisions.Key(squash.project(), squash.id(), squash.revision(), squash.updateTime()),
        squash,
        Map.of("open", squash.state().isOpen() ? 1 : 0));
  }

  @Override
  public Optional<Squash> find(ProjectId project, String id) {
    return revisions.find(project, id);
  }

  @Override
  public List<Squash> list(ProjectId project, String before, int limit) {
    return revisions.list(project, "true", Map.of(), before, limit);
  }

  @Override
  public List<Squash> open() {
    return revisions.all("open = 1", Map.of());
  }
}
