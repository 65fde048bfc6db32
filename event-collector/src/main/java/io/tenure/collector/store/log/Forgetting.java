package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;
import static io.tenure.collector.store.log.RocksTables.number;

import io.tenure.collector.domain.log.Confirmed;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Takes what people were erased from out of the log's files. */
final class Forgetting {

  private static final String ERASED = "erased/";
  private static final int RANGES = 1_000;

  private Forgetting() {}

  /** Hands over every record. */
  static boolean scan(OpenLog log, BiConsumer<Long, LogRecord> consumer) throws RocksDBException {
    try (RocksIterator rows = log.tables.db.newIterator(log.tables.records)) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        consumer.accept(number(rows.key(), 0), RecordCodec.decode(rows.value()));
      }
      rows.status();
    }
    return true;
  }

  /**
   * Rewrites the records' files without what was deleted, and ends the write-ahead files that still
   * have it: those go when every table is on disk.
   */
  static boolean rewrite(OpenLog log) throws RocksDBException {
    try (FlushOptions now = new FlushOptions().setWaitForFlush(true);
        CompactRangeOptions whole =
            new CompactRangeOptions()
                .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
      log.tables.db.flush(now, log.tables.all());
      log.tables.db.compactRange(log.tables.records, null, null, whole);
      // The next write begins a file of its own, and the one before can go.
      log.tables.db.flush(now, log.tables.all());
    }
    return true;
  }

  /** Adds to a write that delivered events are gone from the store; once for each name. */
  static boolean note(
      OpenLog log, LogWrite write, String name, ProjectId project, Set<Long> offsets)
      throws RocksDBException {
    if (offsets.isEmpty() || log.tables.meta(ERASED + name) != null) {
      return false;
    }
    write.put(Family.META, bytes(ERASED + name), bytes(offsets.size()));
    write.counts.withheld(project, offsets.size());
    NavigableSet<Long> sorted = new TreeSet<>(offsets);
    long after = 0;
    List<Confirmed> page = log.cursors.confirmed(Reader.EVENTS, after, RANGES);
    while (!page.isEmpty()) {
      for (Confirmed range : page) {
        Long erased = sorted.ceiling(range.first());
        if (erased != null && erased <= range.last()) {
          log.cursors.unprove(Reader.EVENTS, range, write);
        }
        after = range.last();
      }
      page = log.cursors.confirmed(Reader.EVENTS, after, RANGES);
    }
    write.mustLast();
    return true;
  }
}
