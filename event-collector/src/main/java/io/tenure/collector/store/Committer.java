package io.tenure.collector.store;

import static io.tenure.collector.store.RocksTables.bytes;
import static io.tenure.collector.store.RocksTables.number;

import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.LogRecord;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Writes groups of requests into the open database; used by one thread. A failed write leaves it
 * unusable, since nobody knows what reached the disk.
 */
final class Committer {

  private static final int MOST_FORGOTTEN = 50_000;

  /** A record with its fingerprint and its bytes. */
  @SuppressWarnings("ArrayRecordComponent")
  record Encoded(LogRecord record, byte[] fingerprint, byte[] bytes) {}

  /** One request. */
  record Request(Submission submission, List<Encoded> records) {}

  private final RocksTables tables;
  private final Tally tally;
  private final Clock clock;
  private final Duration duplicateWindow;
  private volatile long lastOffset;
  private byte @Nullable [] forgetFrom;

  Committer(RocksTables tables, Tally tally, Clock clock, Duration duplicateWindow, long cursor)
      throws RocksDBException {
    this.tables = tables;
    this.tally = tally;
    this.clock = clock;
    this.duplicateWindow = duplicateWindow;
    this.lastOffset = Math.max(cursor, lastRecord(tables));
  }

  /** The offset of the last record on disk. */
  long lastOffset() {
    return lastOffset;
  }

  /** Writes the requests in one piece and says what became of each. */
  List<Receipt> commit(List<Request> requests) throws RocksDBException {
    List<Encoded> all = requests.stream().flatMap(request -> request.records().stream()).toList();
    boolean[] known = seenBefore(all);
    byte[] now = bytes(clock.millis());
    Set<ByteBuffer> inThisGroup = HashSet.newHashSet(all.size());
    Tally.Change change = new Tally.Change();
    List<Receipt> receipts = new ArrayList<>(requests.size());
    long offset = lastOffset;
    int index = 0;
    try (WriteBatch write = new WriteBatch()) {
      for (Request request : requests) {
        ReceiptBuilder receipt = new ReceiptBuilder(request.submission(), change);
        for (Encoded encoded : request.records()) {
          boolean first = inThisGroup.add(ByteBuffer.wrap(encoded.fingerprint()));
          if (known[index++] || !first) {
            receipt.duplicate(encoded.record());
            continue;
          }
          offset++;
          write.put(tables.records, bytes(offset), encoded.bytes());
          write.put(tables.seen, encoded.fingerprint(), now);
          receipt.kept(encoded.record());
        }
        receipts.add(receipt.build());
      }
      Map<String, Long> counts = tally.after(change);
      RocksEventLog.putCounts(tables, write, counts);
      tables.db.write(tables.durable, write);
      lastOffset = offset;
      tally.set(counts);
    }
    return receipts;
  }

  /**
   * Removes fingerprints older than the window, looking at some of them; called often enough, it
   * comes around to all.
   */
  void forgetOld(int look) throws RocksDBException {
    long oldest = clock.millis() - duplicateWindow.toMillis();
    try (RocksIterator iterator = tables.db.newIterator(tables.seen);
        WriteBatch write = new WriteBatch()) {
      if (forgetFrom == null) {
        iterator.seekToFirst();
      } else {
        iterator.seek(forgetFrom);
      }
      for (int i = 0; i < Math.min(look, MOST_FORGOTTEN) && iterator.isValid(); i++) {
        if (number(iterator.value(), 0) < oldest) {
          write.delete(tables.seen, iterator.key());
        }
        iterator.next();
      }
      iterator.status();
      forgetFrom = iterator.isValid() ? iterator.key() : null;
      if (write.count() > 0) {
        tables.db.write(tables.durable, write);
      }
    }
  }

  private boolean[] seenBefore(List<Encoded> records) throws RocksDBException {
    boolean[] known = new boolean[records.size()];
    if (records.isEmpty()) {
      return known;
    }
    List<byte[]> keys = records.stream().map(Encoded::fingerprint).toList();
    List<byte @Nullable []> times =
        tables.db.multiGetAsList(Collections.nCopies(keys.size(), tables.seen), keys);
    long oldest = clock.millis() - duplicateWindow.toMillis();
    for (int i = 0; i < known.length; i++) {
      byte @Nullable [] time = times.get(i);
      known[i] = time != null && number(time, 0) >= oldest;
    }
    return known;
  }

  private static long lastRecord(RocksTables tables) throws RocksDBException {
    try (RocksIterator iterator = tables.db.newIterator(tables.records)) {
      iterator.seekToLast();
      iterator.status();
      return iterator.isValid() ? number(iterator.key(), 0) : 0;
    }
  }
}
