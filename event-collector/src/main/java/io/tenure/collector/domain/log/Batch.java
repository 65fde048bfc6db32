package io.tenure.collector.domain.log;

import io.tenure.collector.domain.record.LogRecord;
import java.util.List;

/**
 * Records delivered as one, always the same ones under the same name.
 *
 * @param logId the log
 * @param first first offset
 * @param last last offset
 * @param checksum CRC-32C of the records as they lie in the log
 * @param entries the records, ascending by offset
 */
public record Batch(String logId, long first, long last, long checksum, List<Entry> entries) {

  /** A record and its place. */
  public record Entry(long offset, LogRecord record) {}

  /**
   * Names the content for a store that forgets repeated inserts. It holds the checksum, because
   * such a store silently loses other rows under the same name.
   *
   * @param table with the version of its schema, for example {@code "events@1"}
   */
  public String token(String table) {
    return "%s:%s:%d-%d:%08x".formatted(table, logId, first, last, checksum);
  }
}
