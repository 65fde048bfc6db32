package io.tenure.standalone.history;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an import did.
 *
 * @param files one for each file of each source
 * @param rejects where the rejected rows are listed
 * @param took from the first row to the last acknowledgement
 */
public record ImportSummary(List<FileSummary> files, Path rejects, Duration took) {

  /** Copies the list. */
  public ImportSummary {
    files = List.copyOf(files);
  }

  /**
   * What was done with one file. Every row is resumed, filtered, rejected or imported.
   *
   * @param source name of the source
   * @param file name of the file
   * @param rows rows read
   * @param resumed rows that an earlier run had finished
   * @param filtered rows held back by a filter
   * @param rejected rows that could not be imported
   * @param events acknowledged events
   * @param profiles acknowledged profile records
   */
  public record FileSummary(
      String source,
      String file,
      long rows,
      long resumed,
      long filtered,
      long rejected,
      long events,
      long profiles) {}

  /** Acknowledged events. */
  public long events() {
    return files.stream().mapToLong(FileSummary::events).sum();
  }

  /** Acknowledged profile records. */
  public long profiles() {
    return files.stream().mapToLong(FileSummary::profiles).sum();
  }

  /** Rejected rows. */
  public long rejected() {
    return files.stream().mapToLong(FileSummary::rejected).sum();
  }
}
