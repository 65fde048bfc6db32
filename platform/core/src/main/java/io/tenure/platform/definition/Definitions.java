package io.tenure.platform.definition;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what people define (segments, flags, rules, keys) of one kind: every revision in
 * ClickHouse, the current ones in a Redis hash that is rebuilt from ClickHouse when Redis has lost
 * it. Writers take turns by a Redis lock; should the lock ever fail, the revision number and nonce
 * in ClickHouse decide, so that two writers never both succeed.
 */
public final class Definitions {

  private static final RedisScript UNLOCK = RedisScript.beside(Definitions.class, "unlock");
  private static final Duration LOCK_TIME = Duration.ofSeconds(20);
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);
  private static final String LOADED = "";

  private final ClickHouse clickHouse;
  private final Redis redis;
  private final Clock clock;
  private final String kind;

  /** The definitions of one kind, for example {@code "segment"}. */
  public Definitions(ClickHouse clickHouse, Redis redis, Clock clock, String kind) {
    this.clickHouse = clickHouse;
    this.redis = redis;
    this.clock = clock;
    this.kind = kind;
  }

  /** The current revision, or empty when there is none or it was deleted. */
  public Optional<Revision> find(ProjectId project, String id) {
    List<@Nullable String> values = hot(project, id);
    if (values.getFirst() == null) {
      rebuild(project);
      values = hot(project, id);
    }
    return Optional.ofNullable(values.getLast()).map(Definitions::decode);
  }

  /** All current revisions by id. */
  public List<Revision> list(ProjectId project) {
    Map<String, String> hash =
        redis.call("definitions list", commands -> commands.hgetall(key(project)));
    if (!hash.containsKey(LOADED)) {
      rebuild(project);
      hash = redis.call("definitions list", commands -> commands.hgetall(key(project)));
    }
    Map<String, Revision> sorted = new TreeMap<>();
    hash.forEach(
        (id, text) -> {
          if (!id.equals(LOADED)) {
            sorted.put(id, decode(text));
          }
        });
    return List.copyOf(sorted.values());
  }

  /** A number that changes with every change in the project; a cheap question for caches. */
  public String version(ProjectId project) {
    @Nullable String version = redis.call("definitions version", c -> c.hget(key(project), LOADED));
    return version == null ? "" : version;
  }

  /**
   * Adds the first revision.
   *
   * @throws Failure ALREADY_EXISTS when the id is taken
   */
  public Revision create(ProjectId project, String id, String body, String author) {
    return locked(
        project,
        () -> {
          if (find(project, id).isPresent()) {
            throw Failure.of(Reason.ALREADY_EXISTS, "The " + kind + " '" + id + "' exists already");
          }
          return append(project, id, body, author, null);
        });
  }

  /**
   * Adds a revision.
   *
   * @param etag of the revision the change is based on; empty to replace whatever is current
   * @throws Failure NOT_FOUND, or ABORTED when the etag is stale
   */
  public Revision update(ProjectId project, String id, String body, String author, String etag) {
    return locked(
        project,
        () -> {
          Revision current = find(project, id).orElseThrow(() -> Failure.notFound(kind, id));
          requireCurrent(etag, id, current.etag());
          return append(project, id, body, author, current);
        });
  }

  /**
   * Adds a revision, the first one, too: for what each project has one of.
   *
   * @param etag of the revision the change is based on; empty to replace whatever is current
   * @throws Failure ABORTED when the etag is stale
   */
  public Revision put(ProjectId project, String id, String body, String author, String etag) {
    return locked(
        project,
        () -> {
          Optional<Revision> current = find(project, id);
          requireCurrent(etag, id, current.map(Revision::etag).orElse(""));
          return append(project, id, body, author, current.orElse(null));
        });
  }

  /**
   * Ends a definition; its revisions stay.
   *
   * @throws Failure NOT_FOUND
   */
  public void delete(ProjectId project, String id, String author) {
    locked(
        project,
        () -> {
          Revision current = find(project, id).orElseThrow(() -> Failure.notFound(kind, id));
          store(
              project,
              id,
              lastNumber(project, id) + 1,
              current.body(),
              true,
              author,
              clock.instant());
          redis.call(
              "definitions write",
              commands -> {
                commands.hdel(key(project), id);
                return commands.hset(key(project), LOADED, UUID.randomUUID().toString());
              });
          return current;
        });
  }

  /**
   * Empties all revisions of a definition but the last, for what must not be readable any more; who
   * changed it and when stays.
   */
  public void forget(ProjectId project, String id) {
    locked(
        project,
        () -> {
          clickHouse.execute(
              """
              ALTER TABLE definitions UPDATE body = ''
              WHERE project_id = {project:String} AND kind = {kind:String} AND id = {id:String} AND revision < {last:UInt64}
              SETTINGS mutations_sync = 2
              """,
              Map.of(
                  "project",
                  project.value(),
                  "kind",
                  kind,
                  "id",
                  id,
                  "last",
                  lastNumber(project, id)));
          return id;
        });
  }

  /** Projects that have at least one definition of this kind. */
  public List<ProjectId> projects() {
    return clickHouse.query(
        "SELECT DISTINCT project_id FROM definitions WHERE kind = {kind:String} ORDER BY"
            + " project_id",
        Map.of("kind", kind),
        row -> new ProjectId(row.getString("project_id")));
  }

  private void requireCurrent(String etag, String id, String current) {
    if (!etag.isEmpty() && !etag.equals(current)) {
      throw Failure.of(
          Reason.ABORTED, "The " + kind + " '" + id + "' was changed in between; read it again");
    }
  }

  private Revision append(
      ProjectId project, String id, String body, String author, @Nullable Revision before) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    long number = lastNumber(project, id) + 1;
    store(project, id, number, body, false, author, now);
    Revision revision =
        new Revision(id, number, body, author, before == null ? now : before.createTime(), now);
    redis.call(
        "definitions write",
        commands -> {
          commands.hset(key(project), id, encode(revision));
          return commands.hset(key(project), LOADED, UUID.randomUUID().toString());
        });
    return revision;
  }

  private long lastNumber(ProjectId project, String id) {
    return clickHouse
        .query(
            """
            SELECT max(revision) AS last FROM definitions
            WHERE project_id = {project:String} AND kind = {kind:String} AND id = {id:String}
            """,
            Map.of("project", project.value(), "kind", kind, "id", id),
            row -> row.getLong("last"))
        .getFirst();
  }

  private void store(
      ProjectId project,
      String id,
      long number,
      String body,
      boolean deleted,
      String author,
      Instant time) {
    String nonce = UUID.randomUUID().toString();
    clickHouse.insert(
        "definitions",
        List.of(
            Map.of(
                "project_id", project.value(),
                "kind", kind,
                "id", id,
                "revision", number,
                "body", body,
                "deleted", deleted ? 1 : 0,
                "author", author,
                "nonce", nonce,
                "time", time.toString())),
        "definitions:" + project + ":" + kind + ":" + id + ":" + number);
    List<String> winners =
        clickHouse.query(
            """
            SELECT nonce FROM definitions
            WHERE project_id = {project:String} AND kind = {kind:String} AND id = {id:String} AND revision = {revision:UInt64}
            """,
            Map.of("project", project.value(), "kind", kind, "id", id, "revision", number),
            row -> row.getString("nonce"));
    if (!winners.equals(List.of(nonce))) {
      throw Failure.of(
          Reason.ABORTED, "The " + kind + " '" + id + "' was changed at the same time");
    }
  }

  private void rebuild(ProjectId project) {
    Map<String, String> hash = new LinkedHashMap<>();
    for (Row row : currentRows(project)) {
      if (!row.deleted()) {
        hash.put(row.revision().id(), encode(row.revision()));
      }
    }
    hash.put(LOADED, UUID.randomUUID().toString());
    redis.call("definitions rebuild", commands -> commands.hset(key(project), hash));
  }

  private List<Row> currentRows(ProjectId project) {
    return new ArrayList<>(
        clickHouse.query(
            """
            SELECT id, max(revision) AS number, argMax(body, revision) AS body, argMax(author, revision) AS author,
              argMax(deleted, revision) AS gone, toUnixTimestamp64Milli(max(time)) AS updated,
              toUnixTimestamp64Milli(min(time)) AS created
            FROM definitions WHERE project_id = {project:String} AND kind = {kind:String} GROUP BY id
            """,
            Map.of("project", project.value(), "kind", kind),
            row ->
                new Row(
                    new Revision(
                        row.getString("id"),
                        row.getLong("number"),
                        row.getString("body"),
                        row.getString("author"),
                        Instant.ofEpochMilli(row.getLong("created")),
                        Instant.ofEpochMilli(row.getLong("updated"))),
                    row.getLong("gone") == 1)));
  }

  private record Row(Revision revision, boolean deleted) {}

  private <T> T locked(ProjectId project, java.util.function.Supplier<T> action) {
    String lock = "lock:" + key(project);
    String owner = UUID.randomUUID().toString();
    long deadline = System.nanoTime() + LOCK_PATIENCE.toNanos();
    while (redis.call(
            "definitions lock", c -> c.set(lock, owner, SetArgs.Builder.nx().px(LOCK_TIME)))
        == null) {
      if (System.nanoTime() > deadline) {
        throw Failure.unavailable(
            "Another change of the same kind is running", Duration.ofSeconds(1));
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    try {
      return action.get();
    } finally {
      redis.<Long>script(UNLOCK, ScriptOutputType.INTEGER, List.of(lock), owner);
    }
  }

  private List<@Nullable String> hot(ProjectId project, String id) {
    return redis.call(
        "definitions read",
        commands ->
            commands.hmget(key(project), LOADED, id).stream()
                .<@Nullable String>map(value -> value.getValueOrElse(null))
                .collect(java.util.stream.Collectors.toCollection(ArrayList::new)));
  }

  private String key(ProjectId project) {
    return "definitions:{" + project + "}:" + kind;
  }

  private static String encode(Revision revision) {
    return Json.write(revision);
  }

  private static Revision decode(String text) {
    return Json.MAPPER.readValue(text, Revision.class);
  }
}
