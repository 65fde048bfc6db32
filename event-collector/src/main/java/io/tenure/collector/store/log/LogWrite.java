package io.tenure.collector.store.log;

import io.tenure.collector.domain.record.Fingerprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one durable write changes, all or nothing: records added, taken out and trimmed, and rows of
 * the log's state. It only collects, so that every kind of log can write it down in its own way.
 */
final class LogWrite {

  /** A record that is added. */
  @SuppressWarnings("ArrayRecordComponent")
  record Added(long offset, byte[] fingerprint, byte[] bytes) {}

  /** A row of the log's state; without a value it is deleted. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(Family family, byte[] key, byte @Nullable [] value) {}

  /** A record that is taken out, and no longer remembered. */
  @SuppressWarnings("ArrayRecordComponent")
  record Removed(long offset, byte[] fingerprint) {}

  /** When it is written, in epoch milliseconds. */
  final long time;

  final Tally.Change counts = new Tally.Change();
  final MinuteTally.Change minutes = new MinuteTally.Change();
  private final List<Added> added = new ArrayList<>();
  private final List<Removed> removed = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private final Set<Fingerprint> fingerprints = new HashSet<>();
  private final boolean[] known;
  private int asked;
  private long lastOffset;
  private long trimmed;
  private boolean durable;

  /**
   * A write.
   *
   * @param known what is known of the fingerprints its operations ask about, in their order
   */
  LogWrite(long time, long lastOffset, boolean[] known) {
    this.time = time;
    this.lastOffset = lastOffset;
    this.known = known.clone();
  }

  /** Whether the next fingerprint was there before this write. */
  boolean wasSeen() {
    return known[asked++];
  }

  /** Adds a record under the next offset. */
  void add(byte[] fingerprint, byte[] bytes) {
    added.add(new Added(++lastOffset, fingerprint, bytes));
    durable = true;
  }

  /** Whether this write sees a fingerprint for the first time. */
  boolean isFirst(Fingerprint fingerprint) {
    return fingerprints.add(fingerprint);
  }

  void remove(long offset, byte[] fingerprint) {
    removed.add(new Removed(offset, fingerprint));
    durable = true;
  }

  void put(Family family, byte[] key, byte[] value) {
    rows.add(new Row(family, key, value));
  }

  void delete(Family family, byte[] key) {
    rows.add(new Row(family, key, null));
  }

  /** Removes all records up to an offset. */
  void trim(long last) {
    trimmed = last;
  }

  /** It must be on disk before anybody is told. */
  void mustLast() {
    durable = true;
  }

  /** Runs when it is written. */
  void afterwards(Runnable action) {
    afterwards.add(action);
  }

  void written() {
    afterwards.forEach(Runnable::run);
  }

  List<Added> added() {
    return added;
  }

  List<Removed> removed() {
    return removed;
  }

  List<Row> rows() {
    return rows;
  }

  long lastOffset() {
    return lastOffset;
  }

  /** The last offset that is trimmed; 0 for none. */
  long trimmed() {
    return trimmed;
  }

  boolean isDurable() {
    return durable;
  }

  boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && rows.isEmpty() && trimmed == 0;
  }
}
