package io.tenure.segment.store;

import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.clickhouse.TableLayout;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Watermark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest receipt. Once one is known, only what may have been received since is read, which an
 * index finds; before, what was received last mostly happened lately, so only the last days are
 * read as long as they hold anything.
 */
public final class ClickHouseWatermark implements Watermark {

  private static final Duration LATELY = Duration.ofDays(3);

  private final ClickHouse clickHouse;
  private final Clock clock;
  private final Map<ProjectId, Known> known = new ConcurrentHashMap<>();

  /** What the newest receipt was at a version. */
  private record Known(String version, Instant newest) {}

  /** A watermark of the given store. */
  public ClickHouseWatermark(ClickHouse clickHouse, Clock clock) {
    this.clickHouse = clickHouse;
    this.clock = clock;
  }

  /**
   * Every insert has a new block and every mutation a new version; merging parts changes neither.
   * The dictionary of merged users follows its table by some seconds, so its size is part of it.
   * Each server of a cluster counts its own blocks.
   */
  @Override
  public String version() {
    TableLayout layout = clickHouse.layout();
    return clickHouse
        .query(
            """
            SELECT concat(toString(groupBitXor(cityHash64(host, table, partition_id, block, mutation))), '-',
              toString((SELECT sum(element_count) FROM %s WHERE database = currentDatabase()))) AS version
            FROM (SELECT hostName() AS host, table, partition_id, max(max_block_number) AS block, max(data_version) AS mutation
              FROM %s WHERE active AND database = currentDatabase()
                AND table IN ('%s', 'profiles', 'user_overrides', 'user_finals', 'segment_snapshots')
              GROUP BY host, table, partition_id)
            """
                .formatted(
                    layout.everywhere("system.dictionaries"),
                    layout.everywhere("system.parts"),
                    layout.stored("events")),
            Map.of(),
            row -> row.getString("version"))
        .getFirst();
  }

  @Override
  public Optional<Instant> newestReceipt(ProjectId project, String version) {
    @Nullable Known last = known.get(project);
    if (last != null && last.version.equals(version)) {
      return Optional.of(last.newest);
    }
    Instant now = clock.instant();
    Instant tomorrow = now.plus(Duration.ofDays(1));
    Optional<Instant> newest =
        Optional.ofNullable(last)
            .flatMap(before -> newest(project, TimeRange.before(tomorrow), before.newest))
            .or(() -> newest(project, new TimeRange(now.minus(LATELY), tomorrow), Instant.EPOCH))
            .or(() -> newest(project, TimeRange.before(tomorrow), Instant.EPOCH));
    newest.ifPresent(time -> known.put(project, new Known(version, time)));
    return newest;
  }

  private Optional<Instant> newest(ProjectId project, TimeRange range, Instant since) {
    SqlParameters parameters = new SqlParameters();
    return clickHouse
        .query(
            "SELECT toUnixTimestamp64Milli(max(receive_time)) AS newest FROM events_v1 WHERE "
                + EventSql.inRange(parameters, project, range)
                + " AND receive_time >= "
                + parameters.instant(since),
            parameters.values(),
            row -> row.getLong("newest"))
        .stream()
        .filter(millis -> millis > 0)
        .map(Instant::ofEpochMilli)
        .findFirst();
  }
}
