package io.tenure.collector.domain.log;

import io.tenure.collector.domain.record.LogRecord;
import java.time.Instant;

/**
 * A batch a reader has confirmed, for whoever compares the log with a store.
 *
 * @param first first offset it covers
 * @param last last offset it covers
 * @param records how many records of the reader's lane were in it; 0 when a stretch held none
 * @param checksum as in {@link Batch#checksum}
 * @param time when it was confirmed
 * @param events how many of the records are events not withheld, which are to be found in the store
 *     by their offsets; -1 when the manifest is from a time that did not say
 * @param firstEvent lowest offset of an event; 0 when there is none
 * @param lastEvent highest offset of an event; 0 when there is none
 */
public record Confirmed(
    long first,
    long last,
    int records,
    long checksum,
    Instant time,
    int events,
    long firstEvent,
    long lastEvent) {

  /** What is to be remembered of a batch. */
  public static Confirmed of(Batch batch, Withheld withheld, Instant time) {
    long[] events =
        batch.entries().stream()
            .filter(entry -> entry.record() instanceof LogRecord.Event)
            .mapToLong(Batch.Entry::offset)
            .filter(offset -> !withheld.contains(offset))
            .toArray();
    return new Confirmed(
        batch.first(),
        batch.last(),
        batch.entries().size(),
        batch.checksum(),
        time,
        events.length,
        events.length == 0 ? 0 : events[0],
        events.length == 0 ? 0 : events[events.length - 1]);
  }
}
