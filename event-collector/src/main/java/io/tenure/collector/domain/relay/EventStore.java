package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;

/** Where events can be analysed and quarantined records looked at. */
public interface EventStore {

  /** Makes the tables; harmless when they are there. */
  void prepare();

  /**
   * Stores a batch's events; again is harmless.
   *
   * @param withheld of the batch, not among the events
   */
  void storeEvents(Batch batch, Withheld withheld, List<StoredEvent> events);

  /** Those of a batch's events to be withheld that an earlier attempt has stored. */
  Withheld storedBefore(Batch batch, Withheld withheld);

  /** Stores a batch's items; again is harmless. */
  void storeItems(Batch batch, List<StoredItem> items);

  /** Stores a batch's quarantined records; again is harmless. */
  void storeQuarantined(Batch batch, List<StoredQuarantined> records);

  /**
   * What is found of a log's events in ranges of offsets, or was before it was too old.
   *
   * @param firsts first offsets of the ranges, ascending; each range ends where the next begins
   * @param last last offset of the last range
   * @return by first offset; nothing for a range without events
   */
  Map<Long, RangeCount> countRanges(String logId, List<Long> firsts, long last);

  /** How many events of a log were stored for a project and are kept no longer. */
  long countExpired(String logId, ProjectId project);

  /** How many events of a log are found in the store for a project, each offset once. */
  long countStored(String logId, ProjectId project);

  /** An event with its user. */
  record StoredEvent(long offset, int userNumber, LogRecord.Event event) {}

  /** An item and its place. */
  record StoredItem(long offset, LogRecord.Item item) {}

  /** A quarantined record and its place. */
  record StoredQuarantined(long offset, LogRecord.Quarantined record) {}

  /**
   * What was found in a range of offsets.
   *
   * @param rows rows; more than events when one is there twice and not merged yet
   * @param events different offsets
   * @param first lowest offset
   * @param last highest offset
   */
  record RangeCount(long rows, long events, long first, long last) {}
}
