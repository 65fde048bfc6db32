package io.tenure.profile.store.retention;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Revisions;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.retention.RetentionRun;
import io.tenure.profile.domain.retention.RetentionRuns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs as revisions in the table {@code retention_runs}. */
public final class ClickHouseRetentionRuns implements RetentionRuns {

  private final ClickHouse clickHouse;
  private final Revisions<RetentionRun> revisions;

  /** Runs in the given store. */
  public ClickHouseRetentionRuns(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.revisions = new Revisions<>(clickHouse, "retention_runs", RetentionRun.class);
  }

  @Override
  public void save(RetentionRun run) {
    revisions.save(
        new Revisions.Key(run.project(), run.id(), run.revision(), run.updateTime()),
        run,
        Map.of("open", run.stage() == RetentionRun.Stage.DONE ? 0 : 1));
  }

  @Override
  public List<RetentionRun> list(ProjectId project, String before, int limit) {
    return revisions.list(project, "true", Map.of(), before, limit);
  }

  @Override
  public List<RetentionRun> open() {
    return revisions.all("open = 1", Map.of());
  }

  /** Ids begin with the time. */
  @Override
  public Optional<Instant> lastStart() {
    return clickHouse
        .query(
            "SELECT toUInt64OrZero(substring(max(id), 1, 13)) AS last FROM retention_runs",
            Map.of(),
            row -> Instant.ofEpochMilli(row.getLong("last")))
        .stream()
        .findFirst();
  }
}
