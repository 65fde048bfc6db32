package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The collector's own tables and views, where a test is about what they show of merged users. */
public final class CollectorSchema {

  private static final Path FILES =
      Path.of("..", "event-collector", "src", "main", "resources", "schema", "event-collector");

  private CollectorSchema() {}

  /** Makes them; the dictionary exists already, with the tables of profile-service. */
  public static void create(ClickHouse clickHouse) {
    String view = text(FILES.resolve("views/events.sql")).strip();
    for (Path file : files()) {
      for (String statement : text(file).split(";\\s*\\n")) {
        if (!statement.isBlank() && !statement.contains("CREATE DICTIONARY")) {
          clickHouse.execute(statement.replace("{file views/events.sql}", view), Map.of());
        }
      }
    }
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file) + "\n";
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
