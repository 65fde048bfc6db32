package io.tenure.profile.store.erasure;

import io.lettuce.core.SetArgs;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Column;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.erasure.PersonHash;
import io.tenure.profile.domain.erasure.Stone;
import io.tenure.profile.domain.erasure.Stones;
import io.tenure.profile.domain.erasure.Tombstones;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Tombstones in the ClickHouse table {@code erasure_tombstones}, held in memory. A version in Redis
 * tells every process that there are new ones; a Redis that lost it only makes them read again.
 */
public final class ClickHouseTombstones implements Tombstones {

  private static final List<Column<Row>> COLUMNS =
      List.of(
          new Column<>("project_id", (row, out) -> out.text(row.project().value())),
          new Column<>("hash", (row, out) -> out.text(row.stone().hash())),
          new Column<>("log_offset", (row, out) -> out.number64(row.stone().offset())),
          new Column<>("erase_time", (row, out) -> out.milliseconds(row.stone().time())),
          new Column<>("erasure_id", (row, out) -> out.text(row.stone().erasureId())),
          new Column<>(
              "highest_number", (row, out) -> out.number32((int) row.stone().highestNumber())));

  /** A Redis that fell back to an older state may name an older version. */
  private static final Duration OLDEST = Duration.ofSeconds(10);

  private record Row(ProjectId project, Stone stone) {}

  private record Copy(String version, Instant time, Stones stones) {}

  private final ClickHouse clickHouse;
  private final Redis redis;
  private final PersonHash hash;
  private final Clock clock;
  private final Map<ProjectId, Copy> copies = new ConcurrentHashMap<>();

  /** Tombstones in the given stores. */
  public ClickHouseTombstones(ClickHouse clickHouse, Redis redis, PersonHash hash, Clock clock) {
    this.clickHouse = clickHouse;
    this.redis = redis;
    this.hash = hash;
    this.clock = clock;
  }

  @Override
  public Stones of(ProjectId project) {
    String version = version(project);
    Copy copy = copies.get(project);
    if (copy == null
        || !copy.version().equals(version)
        || copy.time().plus(OLDEST).isBefore(clock.instant())) {
      copy = new Copy(version, clock.instant(), read(project));
      copies.put(project, copy);
    }
    if (!hash.hasKey() && !copy.stones().isEmpty()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "People were erased, and without tenure.profile.erasure.key nobody can recognise them");
    }
    return copy.stones();
  }

  @Override
  public void add(ProjectId project, List<Stone> stones) {
    if (!stones.isEmpty()) {
      CRC32C content = new CRC32C();
      stones.forEach(stone -> content.update(stone.toString().getBytes(StandardCharsets.UTF_8)));
      clickHouse.insert(
          "erasure_tombstones",
          COLUMNS,
          stones.stream().map(stone -> new Row(project, stone)).toList(),
          "erasure_tombstones:" + project + ":" + content.getValue());
    }
    String fresh = UUID.randomUUID().toString();
    redis.call("tombstones write", commands -> commands.set(key(project), fresh));
  }

  private Stones read(ProjectId project) {
    return new Stones(project, hash, stored(project));
  }

  /** Projects that have some. */
  List<ProjectId> projects() {
    return clickHouse.query(
        "SELECT DISTINCT project_id FROM erasure_tombstones",
        Map.of(),
        row -> new ProjectId(row.getString("project_id")));
  }

  /** Those of a project as they are stored. */
  List<Stone> stored(ProjectId project) {
    return clickHouse.query(
        """
        SELECT hash, log_offset, toUnixTimestamp64Milli(erase_time) AS erased, erasure_id,
          highest_number
        FROM erasure_tombstones FINAL WHERE project_id = {project:String}
        """,
        Map.of("project", project.value()),
        row ->
            new Stone(
                row.getString("hash"),
                row.getLong("log_offset"),
                Instant.ofEpochMilli(row.getLong("erased")),
                row.getString("erasure_id"),
                row.getLong("highest_number")));
  }

  /** A Redis that forgot it gets a new one, or a copy from before the first would count again. */
  private String version(ProjectId project) {
    @Nullable String version =
        redis.<@Nullable String>call("tombstones read", commands -> commands.get(key(project)));
    if (version != null) {
      return version;
    }
    String fresh = UUID.randomUUID().toString();
    redis.call(
        "tombstones write", commands -> commands.set(key(project), fresh, SetArgs.Builder.nx()));
    return fresh;
  }

  private static String key(ProjectId project) {
    return "tombstones:{" + project + "}";
  }
}
