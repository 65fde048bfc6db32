package io.tenure.platform.testing;

import com.clickhouse.client.api.Client;
import io.tenure.platform.embedded.clickhouse.EmbeddedClickHouse;
import io.tenure.platform.embedded.clickhouse.EmbeddedClickHouseOptions;
import io.tenure.platform.embedded.redis.EmbeddedRedis;
import io.tenure.platform.embedded.redis.EmbeddedRedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real stores of a test run: a ClickHouse and a Redis, each started when first asked for,
 * shared by all tests of the JVM, and gone with their data when it ends.
 *
 * <p>Servers that run already are used instead when {@code TENURE_TEST_CLICKHOUSE_URL} (with {@code
 * TENURE_TEST_CLICKHOUSE_USER} and {@code TENURE_TEST_CLICKHOUSE_PASSWORD}) or {@code
 * TENURE_TEST_REDIS_URL} name them.
 */
public final class TestStores {

  private static final String USER = "tenure";
  private static final String PASSWORD = "test-password";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestStores() {}

  /** The address of ClickHouse, such as {@code http://127.0.0.1:18123}. */
  public static String clickHouseUrl() {
    String named = environment("TENURE_TEST_CLICKHOUSE_URL");
    return named == null ? ClickHouseHolder.SERVER.url() : named;
  }

  public static String clickHouseUser() {
    String named = environment("TENURE_TEST_CLICKHOUSE_USER");
    return environment("TENURE_TEST_CLICKHOUSE_URL") == null
        ? USER
        : named == null ? "default" : named;
  }

  public static String clickHousePassword() {
    String named = environment("TENURE_TEST_CLICKHOUSE_PASSWORD");
    return environment("TENURE_TEST_CLICKHOUSE_URL") == null
        ? PASSWORD
        : named == null ? "" : named;
  }

  /** The address of Redis with its password, such as {@code redis://:secret@127.0.0.1:16379}. */
  public static String redisUrl() {
    String named = environment("TENURE_TEST_REDIS_URL");
    return named == null ? RedisHolder.SERVER.url() : named;
  }

  /**
   * Creates an empty database that no other test class uses, so that classes may run in any order
   * and at the same time.
   *
   * @param name what its name begins with, such as the test class's subject
   * @return its whole name
   */
  public static String freshDatabase(String name) {
    String database =
        name.replaceAll("[^A-Za-z0-9_]", "_")
            + "_"
            + ProcessHandle.current().pid()
            + "_"
            + DATABASES.incrementAndGet();
    try (Client client = clickHouse()) {
      client.execute("DROP DATABASE IF EXISTS `" + database + "`").get();
      client.execute("CREATE DATABASE `" + database + "`").get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating the database " + database, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot create the database " + database, e);
    }
    return database;
  }

  /** A new client for ClickHouse; the caller closes it. */
  public static Client clickHouse() {
    return new Client.Builder()
        .addEndpoint(clickHouseUrl())
        .setUsername(clickHouseUser())
        .setPassword(clickHousePassword())
        .setDefaultDatabase("default")
        .build();
  }

  private static @Nullable String environment(String name) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static Path temporaryDirectory(String name) {
    try {
      return Files.createTempDirectory("tenure-test-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a directory for the test's " + name, e);
    }
  }

  private static void cleanUpAtExit(Runnable close, Path directory) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("test-store-clean-up")
                .unstarted(
                    () -> {
                      close.run();
                      delete(directory);
                    }));
  }

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }

  private static final class ClickHouseHolder {

    static final EmbeddedClickHouse SERVER = start();

    private static EmbeddedClickHouse start() {
      Path directory = temporaryDirectory("clickhouse");
      EmbeddedClickHouse server =
          EmbeddedClickHouse.start(
              EmbeddedClickHouseOptions.at(directory)
                  .withCredentials(USER, PASSWORD)
                  .withCloseOnExit(false));
      cleanUpAtExit(server::close, directory);
      return server;
    }
  }

  private static final class RedisHolder {

    static final EmbeddedRedis SERVER = start();

    private static EmbeddedRedis start() {
      Path directory = temporaryDirectory("redis");
      EmbeddedRedis server =
          EmbeddedRedis.start(
              EmbeddedRedisOptions.at(directory).withPassword(PASSWORD).withCloseOnExit(false));
      cleanUpAtExit(server::close, directory);
      return server;
    }
  }
}
