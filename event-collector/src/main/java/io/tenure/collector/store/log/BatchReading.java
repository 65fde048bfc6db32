package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;
import static io.tenure.collector.store.log.RocksTables.number;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Reads a stretch of the log for a reader; records of the other lane are passed over undecoded. */
final class BatchReading {

  static final BatchLimit NO_LIMIT = new BatchLimit(Integer.MAX_VALUE, Long.MAX_VALUE);

  /** How much of a record is read to tell its lane. */
  private static final int HEAD = 2;

  private final RocksTables tables;
  private final String logId;

  BatchReading(RocksTables tables, String logId) {
    this.tables = tables;
    this.logId = logId;
  }

  /**
   * Reads from one offset to another, or until the limit is reached.
   *
   * @return a batch that ends at the limit's last record, or at {@code last} when all was read
   */
  Batch read(Reader.Lane lane, long first, long last, BatchLimit limit) throws RocksDBException {
    List<Batch.Entry> entries = new ArrayList<>();
    CRC32C checksum = new CRC32C();
    KnownTexts known = new KnownTexts();
    byte[] head = new byte[HEAD];
    long size = 0;
    try (Slice end = new Slice(bytes(last + 1));
        ReadOptions options = new ReadOptions().setIterateUpperBound(end);
        RocksIterator rows = tables.db.newIterator(tables.records, options)) {
      for (rows.seek(bytes(first)); rows.isValid(); rows.next()) {
        rows.value(head);
        if (RecordCodec.lane(head) != lane) {
          continue;
        }
        byte[] record = rows.value();
        checksum.update(record);
        size += record.length;
        entries.add(new Batch.Entry(number(rows.key(), 0), RecordCodec.decode(record, known)));
        if (entries.size() >= limit.records() || size >= limit.bytes()) {
          return batch(first, entries.getLast().offset(), checksum, entries);
        }
      }
      rows.status();
    }
    return batch(first, last, checksum, entries);
  }

  private Batch batch(long first, long last, CRC32C checksum, List<Batch.Entry> entries) {
    return new Batch(logId, first, last, checksum.getValue(), entries);
  }
}
