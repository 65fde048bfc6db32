package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;
import static io.tenure.collector.store.log.RocksTables.number;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.Confirmed;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Withheld;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** How far each reader has come, and which batches it has confirmed. */
final class Cursors {

  /**
   * A reader's place.
   *
   * @param position last offset it has confirmed
   * @param cut where its open batch ends; the position when there is none
   */
  record Place(long position, long cut) {

    boolean hasCut() {
      return cut > position;
    }
  }

  private static final String PREFIX = "cursor/";
  private static final Place START = new Place(0, 0);

  private final RocksTables tables;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  Cursors(RocksTables tables) throws RocksDBException {
    this.tables = tables;
    try (RocksIterator rows = tables.db.newIterator(tables.of(Family.META))) {
      for (rows.seek(bytes(PREFIX)); rows.isValid(); rows.next()) {
        String name = new String(rows.key(), StandardCharsets.UTF_8);
        if (!name.startsWith(PREFIX)) {
          break;
        }
        byte[] row = rows.value();
        places.put(name.substring(PREFIX.length()), new Place(number(row, 0), number(row, 1)));
      }
      rows.status();
    }
  }

  Place of(Reader reader) {
    return places.getOrDefault(reader.name(), START);
  }

  /** The highest offset any reader knows of. */
  long highest() {
    return places.values().stream().mapToLong(Place::cut).max().orElse(0);
  }

  /** Adds to a write where a reader's next batch ends. */
  void cut(Reader reader, long last, LogWrite write) {
    move(reader, new Place(of(reader).position(), last), write);
    write.mustLast();
  }

  /** Adds to a write that a reader is done with a batch. */
  void confirm(Reader reader, Batch batch, Withheld withheld, LogWrite write) {
    move(reader, new Place(batch.last(), batch.last()), write);
    Confirmed done = Confirmed.of(batch, withheld, Instant.ofEpochMilli(write.time));
    write.put(
        Family.CONFIRMED,
        key(reader, batch.last()),
        bytes(
            done.first(),
            done.records(),
            done.checksum(),
            write.time,
            done.events(),
            done.firstEvent(),
            done.lastEvent()));
  }

  /** Adds to a write that it is no longer known which events of a batch are to be found. */
  void unprove(Reader reader, Confirmed done, LogWrite write) {
    write.put(
        Family.CONFIRMED,
        key(reader, done.last()),
        bytes(done.first(), done.records(), done.checksum(), done.time().toEpochMilli()));
  }

  private void move(Reader reader, Place place, LogWrite write) {
    write.put(Family.META, bytes(PREFIX + reader.name()), bytes(place.position(), place.cut()));
    write.afterwards(() -> places.put(reader.name(), place));
  }

  List<Confirmed> confirmed(Reader reader, long after, int limit) throws RocksDBException {
    List<Confirmed> found = new ArrayList<>();
    try (Slice end = new Slice(key(reader, Long.MAX_VALUE));
        ReadOptions options = new ReadOptions().setIterateUpperBound(end);
        RocksIterator rows = tables.db.newIterator(tables.of(Family.CONFIRMED), options)) {
      for (rows.seek(key(reader, after + 1)); rows.isValid() && found.size() < limit; rows.next()) {
        found.add(read(rows.key(), rows.value()));
      }
      rows.status();
    }
    return found;
  }

  /** The last offset a reader confirmed before a time, if the manifest knows; otherwise 0. */
  long confirmedBefore(Reader reader, Instant time) throws RocksDBException {
    long last = 0;
    while (true) {
      List<Confirmed> page = confirmed(reader, last, 1_000);
      for (Confirmed one : page) {
        if (!one.time().isBefore(time)) {
          return last;
        }
        last = one.last();
      }
      if (page.isEmpty()) {
        return last;
      }
    }
  }

  /** Adds to a write that the manifest up to an offset is no longer kept. */
  void forget(Reader reader, long last, LogWrite write) throws RocksDBException {
    long from = 0;
    while (true) {
      List<Confirmed> page = confirmed(reader, from, 1_000);
      for (Confirmed one : page) {
        if (one.last() > last) {
          return;
        }
        write.delete(Family.CONFIRMED, key(reader, one.last()));
        from = one.last();
      }
      if (page.isEmpty()) {
        return;
      }
    }
  }

  private static Confirmed read(byte[] key, byte[] row) {
    boolean saysEvents = row.length > 4 * Long.BYTES;
    return new Confirmed(
        number(row, 0),
        ByteBuffer.wrap(key).getLong(key.length - 8),
        Math.toIntExact(number(row, 1)),
        number(row, 2),
        Instant.ofEpochMilli(number(row, 3)),
        saysEvents ? Math.toIntExact(number(row, 4)) : -1,
        saysEvents ? number(row, 5) : 0,
        saysEvents ? number(row, 6) : 0);
  }

  private static byte[] key(Reader reader, long last) {
    byte[] name = bytes(reader.name() + "/");
    return ByteBuffer.allocate(name.length + 8).put(name).putLong(last).array();
  }
}
