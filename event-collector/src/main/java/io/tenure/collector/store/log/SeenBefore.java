package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;
import static io.tenure.collector.store.log.RocksTables.number;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What was received within the window, by fingerprint. A stretch of time, a quarter of the window
 * long, has a table of its own, and is forgotten by dropping the table: no scan, no tombstones, and
 * never more on disk than five quarters of the window.
 */
final class SeenBefore {

  private final RocksTables tables;
  private final long window;
  private final long stretch;
  private final NavigableMap<Long, ColumnFamilyHandle> stretches = new ConcurrentSkipListMap<>();

  SeenBefore(RocksTables tables, Duration window) {
    this.tables = tables;
    this.window = window.toMillis();
    this.stretch = Math.max(1, this.window / 4);
    this.stretches.putAll(tables.seen());
  }

  /** Which of the fingerprints were seen within the window before {@code now}. */
  boolean[] known(List<byte[]> fingerprints, long now) throws RocksDBException {
    boolean[] known = new boolean[fingerprints.size()];
    List<Integer> open = new ArrayList<>(known.length);
    for (int i = 0; i < known.length; i++) {
      open.add(i);
    }
    for (ColumnFamilyHandle table : stretches.descendingMap().values()) {
      open = search(table, fingerprints, open, known, now - window);
    }
    return known;
  }

  private List<Integer> search(
      ColumnFamilyHandle table,
      List<byte[]> fingerprints,
      List<Integer> open,
      boolean[] known,
      long oldest)
      throws RocksDBException {
    if (open.isEmpty()) {
      return open;
    }
    List<byte @Nullable []> times =
        tables.db.multiGetAsList(
            Collections.nCopies(open.size(), table),
            open.size() == fingerprints.size()
                ? fingerprints
                : open.stream().map(fingerprints::get).toList());
    List<Integer> rest = new ArrayList<>(open.size());
    for (int i = 0; i < times.size(); i++) {
      byte @Nullable [] time = times.get(i);
      if (time != null && number(time, 0) >= oldest) {
        known[open.get(i)] = true;
      } else {
        rest.add(open.get(i));
      }
    }
    return rest;
  }

  /** Adds to a write that fingerprints are seen at a time. */
  void remember(WriteBatch write, Collection<byte[]> fingerprints, long time)
      throws RocksDBException {
    if (fingerprints.isEmpty()) {
      return;
    }
    ColumnFamilyHandle table = tableFor(time);
    byte[] value = bytes(time);
    for (byte[] fingerprint : fingerprints) {
      write.put(table, fingerprint, value);
    }
  }

  /** Adds to a write that fingerprints are no longer known. */
  void forget(WriteBatch write, Collection<byte[]> fingerprints) throws RocksDBException {
    for (byte[] fingerprint : fingerprints) {
      for (ColumnFamilyHandle table : stretches.values()) {
        write.delete(table, fingerprint);
      }
    }
  }

  /** Drops the stretches that lie wholly before the window. */
  void dropOld(long now) throws RocksDBException {
    while (stretches.size() > 1) {
      long first = stretches.firstKey();
      @Nullable Long second = stretches.higherKey(first);
      if (second == null || Math.max(second, first + stretch) > now - window) {
        return;
      }
      stretches.remove(first);
      tables.dropSeen(first);
    }
  }

  /** How many tables there are. */
  int size() {
    return stretches.size();
  }

  private ColumnFamilyHandle tableFor(long time) throws RocksDBException {
    long start = Math.floorDiv(time, stretch) * stretch;
    @Nullable ColumnFamilyHandle known = stretches.get(start);
    if (known != null) {
      return known;
    }
    ColumnFamilyHandle created = tables.createSeen(start);
    stretches.put(start, created);
    return created;
  }
}
