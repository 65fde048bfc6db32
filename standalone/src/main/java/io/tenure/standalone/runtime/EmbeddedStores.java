package io.tenure.standalone.runtime;

import io.tenure.platform.embedded.clickhouse.EmbeddedClickHouse;
import io.tenure.platform.embedded.clickhouse.EmbeddedClickHouseOptions;
import io.tenure.platform.embedded.redis.EmbeddedRedis;
import io.tenure.platform.embedded.redis.EmbeddedRedisOptions;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stores of one machine: each is embedded unless its address is configured ({@code
 * TENURE_CLICKHOUSE_URL}, {@code TENURE_REDIS_URL}).
 */
public final class EmbeddedStores implements AutoCloseable {

  private static final String USER = "tenure";
  private static final String DATABASE = "tenure";

  private final @Nullable EmbeddedClickHouse clickHouse;
  private final @Nullable EmbeddedRedis redis;
  private final Stores stores;
  private volatile boolean closedByOwner;

  private EmbeddedStores(
      @Nullable EmbeddedClickHouse clickHouse, @Nullable EmbeddedRedis redis, Stores stores) {
    this.clickHouse = clickHouse;
    this.redis = redis;
    this.stores = stores;
  }

  /** Starts what is not configured elsewhere, in directories of its own below {@code data}. */
  public static EmbeddedStores start(Path data, String password, Map<String, String> environment) {
    @Nullable String clickHouseUrl = environment.get("TENURE_CLICKHOUSE_URL");
    @Nullable String redisUrl = environment.get("TENURE_REDIS_URL");
    @Nullable EmbeddedClickHouse clickHouse =
        clickHouseUrl == null ? database(new DataDirectory(data), password) : null;
    @Nullable EmbeddedRedis redis = redisUrl == null ? redis(data, password, clickHouse) : null;
    Stores stores =
        new Stores(
            clickHouse == null
                ? environment.getOrDefault("TENURE_CLICKHOUSE_URL", "")
                : clickHouse.url(),
            clickHouse == null
                ? environment.getOrDefault("TENURE_CLICKHOUSE_USERNAME", "default")
                : USER,
            clickHouse == null
                ? environment.getOrDefault("TENURE_CLICKHOUSE_PASSWORD", "")
                : password,
            environment.getOrDefault("TENURE_CLICKHOUSE_DATABASE", DATABASE),
            redis == null ? environment.getOrDefault("TENURE_REDIS_URL", "") : redis.url());
    EmbeddedStores started = new EmbeddedStores(clickHouse, redis, stores);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stores-end").unstarted(started::endOnExit));
    return started;
  }

  /** Starts the embedded database alone; Redis is not reached by what this returns. */
  public static EmbeddedStores databaseOnly(DataDirectory data, String password) {
    EmbeddedClickHouse clickHouse = database(data, password);
    return new EmbeddedStores(
        clickHouse, null, new Stores(clickHouse.url(), USER, password, DATABASE, ""));
  }

  /** Not closed by the process's exit itself, which may come while services still use it. */
  private static EmbeddedRedis redis(
      Path data, String password, @Nullable EmbeddedClickHouse clickHouse) {
    try {
      return EmbeddedRedis.start(
          EmbeddedRedisOptions.at(new DataDirectory(data).redis())
              .withPassword(password)
              .withCloseOnExit(false));
    } catch (RuntimeException exception) {
      if (clickHouse != null) {
        clickHouse.close();
      }
      throw exception;
    }
  }

  private static EmbeddedClickHouse database(DataDirectory data, String password) {
    return EmbeddedClickHouse.start(
        EmbeddedClickHouseOptions.at(data.clickHouse())
            .withCredentials(USER, password)
            .withSettings(Map.of("backups.allowed_path", data.work().toString()))
            .withCloseOnExit(false));
  }

  /** Whether the database is the one in this process. */
  public boolean hasDatabase() {
    return clickHouse != null;
  }

  /** Where the stores are. */
  public Stores stores() {
    return stores;
  }

  /** Says that the process closes these while it exits, once nobody needs them any more. */
  void closedByOwner() {
    closedByOwner = true;
  }

  /** Redis is a process of its own and would stay. */
  private void endOnExit() {
    if (redis != null && !closedByOwner) {
      redis.close();
    }
  }

  @Override
  public void close() {
    if (clickHouse != null) {
      clickHouse.close();
    }
    if (redis != null) {
      redis.close();
    }
  }
}
