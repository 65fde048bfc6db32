package io.tenure.segment.store;

import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Watermark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest receipt. What was received last mostly happened lately, so only the last days are read
 * as long as they hold anything.
 */
public final class ClickHouseWatermark implements Watermark {

  private static final Duration LATELY = Duration.ofDays(3);

  private final ClickHouse clickHouse;
  private final Clock clock;

  /** A watermark of the given store. */
  public ClickHouseWatermark(ClickHouse clickHouse, Clock clock) {
    this.clickHouse = clickHouse;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> newestReceipt(ProjectId project) {
    Instant now = clock.instant();
    Instant tomorrow = now.plus(Duration.ofDays(1));
    return newest(project, new TimeRange(now.minus(LATELY), tomorrow))
        .or(() -> newest(project, TimeRange.before(tomorrow)));
  }

  private Optional<Instant> newest(ProjectId project, TimeRange range) {
    SqlParameters parameters = new SqlParameters();
    return clickHouse
        .query(
            "SELECT toUnixTimestamp64Milli(max(receive_time)) AS newest FROM events_v1 WHERE "
                + EventSql.inRange(parameters, project, range),
            parameters.values(),
            row -> row.getLong("newest"))
        .stream()
        .filter(millis -> millis > 0)
        .map(Instant::ofEpochMilli)
        .findFirst();
  }
}
