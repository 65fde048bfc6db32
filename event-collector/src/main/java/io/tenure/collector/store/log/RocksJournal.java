package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;

import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Writes into the open database. */
final class RocksJournal implements Journal {

  /** The last step to the disk; tests put failures here. */
  @FunctionalInterface
  interface Disk {
    /** The real one. */
    Disk REAL = RocksDB::write;

    void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException;
  }

  private final RocksTables tables;
  private final SeenBefore seen;
  private final Disk disk;
  private final WriteOptions durable = new WriteOptions().setSync(true);
  private final WriteOptions fast = new WriteOptions().setSync(false);

  RocksJournal(RocksTables tables, SeenBefore seen, Disk disk) {
    this.tables = tables;
    this.seen = seen;
    this.disk = disk;
  }

  @Override
  public void write(LogWrite write) throws RocksDBException {
    write(write, write.isDurable());
  }

  void write(LogWrite write, boolean sync) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (LogWrite.Added added : write.added()) {
        batch.put(tables.records, bytes(added.offset()), added.bytes());
      }
      seen.remember(
          batch, write.added().stream().map(LogWrite.Added::fingerprint).toList(), write.time);
      for (LogWrite.Removed removed : write.removed()) {
        batch.delete(tables.records, bytes(removed.offset()));
      }
      seen.forget(batch, write.removed().stream().map(LogWrite.Removed::fingerprint).toList());
      for (LogWrite.Row row : write.rows()) {
        if (row.value() == null) {
          batch.delete(tables.of(row.family()), row.key());
        } else {
          batch.put(tables.of(row.family()), row.key(), row.value());
        }
      }
      if (write.trimmed() > 0) {
        batch.deleteRange(tables.records, bytes(0), bytes(write.trimmed() + 1));
      }
      disk.write(tables.db, sync ? durable : fast, batch);
    }
    if (write.trimmed() > 0) {
      // The range is only marked; whole files of it can go at once.
      tables.db.deleteFilesInRanges(
          tables.records, List.of(bytes(0), bytes(write.trimmed() + 1)), false);
    }
  }

  @Override
  public void close() {
    durable.close();
    fast.close();
  }
}
