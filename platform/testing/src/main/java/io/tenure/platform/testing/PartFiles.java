package io.tenure.platform.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The files that ClickHouse keeps of a table, searched byte by byte. */
public final class PartFiles {

  private final Consumer<String> statements;
  private final Function<String, List<String>> questions;

  /**
   * Files of the tables of one database.
   *
   * @param statements runs a statement in the database
   * @param questions answers a question there with the first column
   */
  public PartFiles(Consumer<String> statements, Function<String, List<String>> questions) {
    this.statements = statements;
    this.questions = questions;
  }

  /** Files that nobody needs any more go after a second instead of a minute. */
  public void quicken(List<String> tables) {
    for (String table : tables) {
      statements.accept(
          "ALTER TABLE "
              + table
              + " MODIFY SETTING old_parts_lifetime = 1, cleanup_delay_period = 1,"
              + " cleanup_delay_period_random_add = 0, max_cleanup_delay_period = 1");
    }
  }

  /** Whether any file of any part, also of one that is given up, holds a text. */
  public boolean hold(String table, String text) {
    return questions
        .apply(
            "SELECT arrayJoin(data_paths) AS place FROM system.tables"
                + " WHERE database = currentDatabase() AND name = '"
                + table
                + "'")
        .stream()
        .anyMatch(directory -> FileSearch.holds(Path.of(directory), text));
  }
}
