package io.tenure.benchmarks.analysis;

import io.tenure.platform.embedded.clickhouse.EmbeddedClickHouse;
import io.tenure.platform.embedded.clickhouse.EmbeddedClickHouseOptions;
import io.tenure.platform.embedded.redis.EmbeddedRedis;
import io.tenure.platform.embedded.redis.EmbeddedRedisOptions;
import io.tenure.platform.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The stores in a process of their own, so that the engine's CPU can be told from the service's.
 * Ends when its input does.
 */
public final class StoresProcess {

  private static final String USER = "tenure";
  private static final String PASSWORD = "bench";

  private StoresProcess() {}

  /** Where the stores are. */
  record Doors(
      String clickHouse,
      String clickHouseUser,
      String clickHousePassword,
      String database,
      String redis) {}

  /** Runs in a directory; the other arguments are settings of every statement. */
  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    Map<String, String> settings = new HashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    try (EmbeddedClickHouse engine =
            EmbeddedClickHouse.start(
                EmbeddedClickHouseOptions.at(data.resolve("clickhouse"))
                    .withCredentials(USER, PASSWORD)
                    .withSettings(settings));
        EmbeddedRedis redis =
            EmbeddedRedis.start(
                EmbeddedRedisOptions.at(data.resolve("redis")).withPassword(PASSWORD))) {
      System.out.println(
          Json.write(new Doors(engine.url(), USER, PASSWORD, "tenure", redis.url())));
      while (System.in.read() >= 0) {
        // Until whoever started this closes the input.
      }
    }
  }
}
