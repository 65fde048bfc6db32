package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;

/** Where events can be analysed and quarantined records looked at. */
public interface EventStore {

  /** Makes the tables; harmless when they are there. */
  void prepare();

  /** Stores a batch's events; again is harmless. */
  void storeEvents(Batch batch, List<StoredEvent> events);

  /** Stores a batch's items; again is harmless. */
  void storeItems(Batch batch, List<StoredItem> items);

  /** Stores a batch's quarantined records; again is harmless. */
  void storeQuarantined(Batch batch, List<StoredQuarantined> records);

  /** How many events of a log are found in the store for a project, each offset once. */
  long countStored(String logId, ProjectId project);

  /**
   * Quarantined records, newest first.
   *
   * @param reason only this one; empty for all
   * @param before only records that come after this one in the list; {@link QuarantineKey#NEWEST}
   *     for the first page
   */
  List<QuarantineRow> listQuarantined(
      ProjectId project, String reason, QuarantineKey before, int limit);

  /** An event with its user. */
  record StoredEvent(long offset, int userNumber, LogRecord.Event event) {}

  /** An item and its place. */
  record StoredItem(long offset, LogRecord.Item item) {}

  /** A quarantined record and its place. */
  record StoredQuarantined(long offset, LogRecord.Quarantined record) {}

  /** A place in the list of quarantined records. */
  record QuarantineKey(Instant receiveTime, String logId, long offset) {
    /** Before all others. */
    public static final QuarantineKey NEWEST =
        new QuarantineKey(Instant.parse("2200-01-01T00:00:00Z"), "", Long.MAX_VALUE);
  }

  /** A quarantined record as it was stored. */
  @SuppressWarnings("ArrayRecordComponent")
  record QuarantineRow(
      QuarantineKey key, String dialect, String reason, String detail, byte[] original) {}
}
