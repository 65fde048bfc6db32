package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;
import static io.tenure.collector.store.log.RocksTables.number;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** All parts of a log that is open, as they are found on disk; thrown away when a write fails. */
final class OpenLog implements AutoCloseable {

  static final String ID = "log-id";
  private static final String TRIMMED = "trimmed";

  final String id;
  final RocksTables tables;
  final SeenBefore seen;
  final Tally tally;
  final MinuteTally minutes;
  final Cursors cursors;
  final BatchReading reading;
  private final Journal journal;
  private volatile long lastOffset;

  OpenLog(String id, RocksTables tables, SeenBefore seen, Journal journal) throws RocksDBException {
    this.id = id;
    this.tables = tables;
    this.seen = seen;
    this.journal = journal;
    this.tally = loadTally(tables);
    this.minutes = new MinuteTally(tables);
    this.cursors = new Cursors(tables);
    this.reading = new BatchReading(tables, id);
    this.lastOffset = lastOffset(tables, cursors);
  }

  /** The highest offset that was ever given, or is not to be given. */
  static long lastOffset(RocksTables tables, Cursors cursors) throws RocksDBException {
    return Math.max(
        Math.max(cursors.highest(), trimmed(tables)),
        Math.max(lastRecord(tables), LogCopy.floor(tables)));
  }

  /** The offset of the last record. */
  long lastOffset() {
    return lastOffset;
  }

  /** Writes; only then do the parts in memory change. */
  void write(LogWrite write) throws RocksDBException {
    Map<String, Long> counts = tally.after(write.counts);
    counts.forEach((name, count) -> write.put(Family.COUNTERS, bytes(name), bytes(count)));
    minutes.put(write);
    if (write.trimmed() > 0) {
      write.put(Family.META, bytes(TRIMMED), bytes(write.trimmed()));
    }
    if (write.isEmpty()) {
      return;
    }
    journal.write(write);
    lastOffset = write.lastOffset();
    tally.set(counts);
  }

  /** How far the records are trimmed. */
  static long trimmed(RocksTables tables) throws RocksDBException {
    byte @Nullable [] row = tables.meta(TRIMMED);
    return row == null ? 0 : number(row, 0);
  }

  private static long lastRecord(RocksTables tables) throws RocksDBException {
    try (RocksIterator rows = tables.db.newIterator(tables.records)) {
      rows.seekToLast();
      rows.status();
      return rows.isValid() ? number(rows.key(), 0) : 0;
    }
  }

  private static Tally loadTally(RocksTables tables) throws RocksDBException {
    Tally tally = new Tally();
    try (RocksIterator rows = tables.db.newIterator(tables.of(Family.COUNTERS))) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        tally.set(Map.of(new String(rows.key(), StandardCharsets.UTF_8), number(rows.value(), 0)));
      }
      rows.status();
    }
    return tally;
  }

  @Override
  public void close() {
    journal.close();
    tables.close();
  }
}
