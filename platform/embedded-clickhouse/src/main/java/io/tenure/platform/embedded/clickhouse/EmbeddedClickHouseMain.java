package io.tenure.platform.embedded.clickhouse;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an embedded ClickHouse as a process of its own, for when several services share it: {@code
 * --path DIR [--host ADDRESS] [--port N] [--user NAME] [--password SECRET]}. The password may come
 * from the environment variable {@code TENURE_CLICKHOUSE_PASSWORD} instead. Ends cleanly on
 * SIGTERM.
 */
public final class EmbeddedClickHouseMain {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedClickHouseMain.class);
  private static final Set<String> NAMES =
      Set.of("--path", "--host", "--port", "--user", "--password");
  private static final String DEFAULT_PORT = "8123";

  private EmbeddedClickHouseMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedClickHouse server = EmbeddedClickHouse.start(options(named(arguments)));
    LOG.info("ClickHouse answers at {}", server.url());
    new CountDownLatch(1).await();
  }

  private static EmbeddedClickHouseOptions options(Map<String, String> named) {
    String path = named.get("--path");
    if (path == null) {
      throw new IllegalArgumentException("--path DIR is needed");
    }
    String secret = System.getenv().getOrDefault("TENURE_CLICKHOUSE_PASSWORD", "");
    return EmbeddedClickHouseOptions.at(Path.of(path))
        .withHost(named.getOrDefault("--host", "127.0.0.1"))
        .withPort(Integer.parseInt(named.getOrDefault("--port", DEFAULT_PORT)))
        .withCredentials(
            named.getOrDefault("--user", "default"), named.getOrDefault("--password", secret));
  }

  private static Map<String, String> named(String[] arguments) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!NAMES.contains(arguments[i]) || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            "expected one of " + NAMES + " with a value, not " + arguments[i]);
      }
      named.put(arguments[i], arguments[i + 1]);
    }
    return named;
  }
}
