package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;
import static io.tenure.collector.store.log.RocksTables.number;

import io.tenure.collector.domain.log.MinuteCounts;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A log's counts by minute of receipt and project, one row each. */
final class MinuteTally {

  private static final long MINUTE = 60_000;

  /** What is counted; the order is that of the row. */
  enum Count {
    ACCEPTED,
    EVENTS,
    DUPLICATE,
    QUARANTINED,
    REFUSED
  }

  private record Key(long minute, ProjectId project) {

    byte[] row() {
      byte[] name = RocksTables.bytes(project.value());
      return ByteBuffer.allocate(8 + name.length).putLong(minute).put(name).array();
    }
  }

  /** Changes that are not written yet. */
  static final class Change {

    private final Map<Key, long[]> increments = new HashMap<>();
    private @Nullable Key last;
    private long[] lastCounts = new long[0];

    void add(ProjectId project, Instant received, Count count, long number) {
      long minute = Math.floorDiv(received.toEpochMilli(), MINUTE) * MINUTE;
      if (last == null || last.minute() != minute || !last.project().equals(project)) {
        last = new Key(minute, project);
        lastCounts = increments.computeIfAbsent(last, key -> new long[Count.values().length]);
      }
      lastCounts[count.ordinal()] += number;
    }
  }

  private final RocksTables tables;

  MinuteTally(RocksTables tables) {
    this.tables = tables;
  }

  /** Adds the changed rows to a write. */
  void put(LogWrite write) throws RocksDBException {
    for (Map.Entry<Key, long[]> change : write.minutes.increments.entrySet()) {
      byte[] key = change.getKey().row();
      long[] counts = change.getValue().clone();
      byte @Nullable [] before = tables.db.get(tables.of(Family.MINUTES), key);
      for (int i = 0; before != null && i < counts.length; i++) {
        counts[i] += number(before, i);
      }
      write.put(Family.MINUTES, key, bytes(counts));
    }
  }

  List<MinuteCounts> of(ProjectId project, Instant from, Instant to) throws RocksDBException {
    List<MinuteCounts> found = new ArrayList<>();
    try (Slice end = new Slice(bytes(Math.max(0, to.toEpochMilli())));
        ReadOptions options = new ReadOptions().setIterateUpperBound(end);
        RocksIterator rows = tables.db.newIterator(tables.of(Family.MINUTES), options)) {
      for (rows.seek(bytes(Math.max(0, from.toEpochMilli()))); rows.isValid(); rows.next()) {
        byte[] key = rows.key();
        if (project.value().equals(new String(key, 8, key.length - 8, StandardCharsets.UTF_8))) {
          found.add(read(number(key, 0), rows.value()));
        }
      }
      rows.status();
    }
    return found;
  }

  private static MinuteCounts read(long minute, byte[] row) {
    return new MinuteCounts(
        Instant.ofEpochMilli(minute),
        number(row, Count.ACCEPTED.ordinal()),
        number(row, Count.EVENTS.ordinal()),
        number(row, Count.DUPLICATE.ordinal()),
        number(row, Count.QUARANTINED.ordinal()),
        number(row, Count.REFUSED.ordinal()));
  }

  /** Adds to a write that minutes before a time are no longer kept. */
  void dropBefore(Instant time, LogWrite write) throws RocksDBException {
    try (Slice end = new Slice(bytes(Math.max(0, time.toEpochMilli())));
        ReadOptions options = new ReadOptions().setIterateUpperBound(end);
        RocksIterator rows = tables.db.newIterator(tables.of(Family.MINUTES), options)) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        write.delete(Family.MINUTES, rows.key());
      }
      rows.status();
    }
  }
}
