package io.tenure.collector.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * The open database of a log: records by offset, what was seen by fingerprint, counters by name,
 * the confirmed batches by last offset, and a few values of the log itself.
 */
final class RocksTables implements AutoCloseable {

  static {
    RocksDB.loadLibrary();
  }

  private final List<AutoCloseable> owned = new ArrayList<>();
  final RocksDB db;
  final ColumnFamilyHandle meta;
  final ColumnFamilyHandle records;
  final ColumnFamilyHandle seen;
  final ColumnFamilyHandle counters;
  final ColumnFamilyHandle confirmed;
  final WriteOptions durable;

  RocksTables(Path directory) throws RocksDBException, IOException {
    Files.createDirectories(directory);
    Cache cache = own(new LRUCache(64L << 20));
    BloomFilter bloom = own(new BloomFilter(10));
    ColumnFamilyOptions options =
        own(new ColumnFamilyOptions())
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setWriteBufferSize(32L << 20)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom));
    List<ColumnFamilyDescriptor> families =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options),
            new ColumnFamilyDescriptor(bytes("records"), options),
            new ColumnFamilyDescriptor(bytes("seen"), options),
            new ColumnFamilyDescriptor(bytes("counters"), options),
            new ColumnFamilyDescriptor(bytes("confirmed"), options));
    DBOptions dbOptions =
        own(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setMaxTotalWalSize(256L << 20)
            .setMaxBackgroundJobs(2)
            .setKeepLogFileNum(3)
            .setMaxLogFileSize(8L << 20);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    this.db = open(dbOptions, directory, families, handles);
    this.meta = handles.get(0);
    this.records = handles.get(1);
    this.seen = handles.get(2);
    this.counters = handles.get(3);
    this.confirmed = handles.get(4);
    this.durable = own(new WriteOptions().setSync(true));
  }

  byte @Nullable [] meta(String name) throws RocksDBException {
    return db.get(meta, bytes(name));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Big-endian, so that keys sort by number. */
  static byte[] bytes(long... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * numbers.length);
    for (long number : numbers) {
      buffer.putLong(number);
    }
    return buffer.array();
  }

  static long number(byte[] bytes, int index) {
    return ByteBuffer.wrap(bytes).getLong(8 * index);
  }

  private RocksDB open(
      DBOptions options,
      Path directory,
      List<ColumnFamilyDescriptor> families,
      List<ColumnFamilyHandle> handles)
      throws RocksDBException {
    try {
      return RocksDB.open(options, directory.toString(), families, handles);
    } catch (RocksDBException exception) {
      closeOwned();
      throw exception;
    }
  }

  @Override
  public void close() {
    for (ColumnFamilyHandle handle : List.of(records, seen, counters, confirmed, meta)) {
      handle.close();
    }
    db.close();
    closeOwned();
  }

  private void closeOwned() {
    for (AutoCloseable resource : owned.reversed()) {
      try {
        resource.close();
      } catch (Exception exception) {
        throw new IllegalStateException(exception);
      }
    }
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.add(resource);
    return resource;
  }
}
