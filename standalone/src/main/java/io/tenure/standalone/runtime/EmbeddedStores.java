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
    @Nullable EmbeddedRedis redis =
        redisUrl == null
            ? EmbeddedRedis.start(
                EmbeddedRedisOptions.at(data.resolve("redis")).withPassword(password))
            : null;
    @Nullable EmbeddedClickHouse clickHouse =
        clickHouseUrl == null ? database(new DataDirectory(data), password) : null;
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
    return new EmbeddedStores(clickHouse, redis, stores);
  }

  /** Starts the embedded database alone; Redis is not reached by what this returns. */
  public static EmbeddedStores databaseOnly(DataDirectory data, String password) {
    EmbeddedClickHouse clickHouse = database(data, password);
    return new EmbeddedStores(
        clickHouse, null, new Stores(clickHouse.url(), USER, password, DATABASE, ""));
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
