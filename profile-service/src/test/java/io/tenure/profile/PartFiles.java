package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The files of a table on the disk, searched byte by byte. */
final class PartFiles {

  private final ClickHouse clickHouse;

  PartFiles(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** Files that are thrown away go after a second instead of a minute. */
  void quicken(String table) {
    clickHouse.execute(
        "ALTER TABLE "
            + table
            + " MODIFY SETTING old_parts_lifetime = 1, cleanup_delay_period = 1,"
            + " cleanup_delay_period_random_add = 0, max_cleanup_delay_period = 1",
        Map.of());
  }

  /** Whether any file of any part, also of one that is given up, holds a text. */
  boolean hold(String table, String text) {
    return clickHouse
        .query(
            "SELECT arrayJoin(data_paths) AS place FROM system.tables"
                + " WHERE database = currentDatabase() AND name = {table:String}",
            Map.of("table", table),
            row -> Path.of(row.getString("place")))
        .stream()
        .anyMatch(directory -> holds(directory, text));
  }

  /** Looks again when a directory goes while it is looked through. */
  private static boolean holds(Path directory, String text) {
    while (true) {
      try (Stream<Path> found = Files.walk(directory)) {
        for (Path file : found.filter(Files::isRegularFile).toList()) {
          if (bytes(file).contains(text)) {
            return true;
          }
        }
        return false;
      } catch (UncheckedIOException | NoSuchFileException removed) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      } catch (IOException exception) {
        throw new UncheckedIOException(exception);
      }
    }
  }

  private static String bytes(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException removed) {
      return "";
    }
  }

  /** Of the tables people are in. */
  static final List<String> PERSONAL =
      List.of("profiles", "profile_history", "identity_decisions", "computed_traits");
}
