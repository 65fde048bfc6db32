package io.tenure.standalone.store;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.standalone.runtime.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Copies the whole database to a directory and back, by the engine's own means. */
public final class DatabaseCopy {

  private static final Duration PATIENCE = Duration.ofHours(12);

  /** A database that is there whatever is restored. */
  private static final String ANY_DATABASE = "default";

  private final Stores stores;

  /** Of the given stores; the engine must be allowed to use the directory. */
  public DatabaseCopy(Stores stores) {
    this.stores = stores;
  }

  /** Writes all tables, each as it is at one moment. */
  public void write(Path directory) {
    run("BACKUP DATABASE `" + stores.clickHouseDatabase() + "` TO File(" + quoted(directory) + ")");
  }

  /** Makes the database and all tables anew; none may be there. */
  public void read(Path directory) {
    run(
        "RESTORE DATABASE `"
            + stores.clickHouseDatabase()
            + "` FROM File("
            + quoted(directory)
            + ")");
  }

  private void run(String statement) {
    try (ClickHouse clickHouse =
        new ClickHouse(
            new ClickHouseProperties(
                stores.clickHouseUrl(),
                stores.clickHouseUsername(),
                stores.clickHousePassword(),
                ANY_DATABASE,
                PATIENCE,
                1),
            ObservationRegistry.NOOP)) {
      clickHouse.execute(statement, Map.of());
    }
  }

  private static String quoted(Path path) {
    return "'" + path.toAbsolutePath().toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
