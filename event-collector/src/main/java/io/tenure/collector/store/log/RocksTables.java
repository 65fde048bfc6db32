package io.tenure.collector.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * The open database of a log: records by offset, the tables of its state, and one table of
 * fingerprints for each stretch of time.
 */
final class RocksTables implements AutoCloseable {

  static {
    RocksDB.loadLibrary();
  }

  /** Data blocks, indexes and filters together; what does not fit is read again. */
  private static final long CACHE_BYTES = 128L << 20;

  private static final String SEEN = "seen-";
  private static final List<String> FIXED = List.of("records", "counters", "minutes", "confirmed");

  private final List<AutoCloseable> owned = new ArrayList<>();
  private final Map<String, ColumnFamilyHandle> handles = new LinkedHashMap<>();
  private final ColumnFamilyOptions options;
  private final ColumnFamilyOptions seenOptions;
  final RocksDB db;
  final ColumnFamilyHandle records;

  /**
   * Opens the database or creates it. A torn last write, which nobody was told about, is dropped;
   * any other damage is an error, since it may hide what was acknowledged.
   */
  RocksTables(Path directory) throws RocksDBException, IOException {
    LogFormat.check(directory);
    Files.createDirectories(directory);
    Cache cache = own(new LRUCache(CACHE_BYTES));
    BloomFilter bloom = own(new BloomFilter(10));
    BlockBasedTableConfig blocks =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(bloom)
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setPartitionFilters(true)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    this.options =
        own(new ColumnFamilyOptions())
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setWriteBufferSize(32L << 20)
            .setTableFormatConfig(blocks);
    // Fingerprints are random: they don't compress, and finding their place among those in memory
    // costs more the more there are. Nearly every one is new, which the filter tells at once.
    this.seenOptions =
        own(new ColumnFamilyOptions())
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setWriteBufferSize(8L << 20)
            .setMemtablePrefixBloomSizeRatio(0.1)
            .setMemtableWholeKeyFiltering(true)
            .setTableFormatConfig(blocks);
    DBOptions dbOptions =
        own(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setMaxTotalWalSize(256L << 20)
            .setMaxBackgroundJobs(2)
            .setKeepLogFileNum(3)
            .setMaxLogFileSize(8L << 20);
    this.db = open(dbOptions, directory);
    this.records = handle("records");
  }

  ColumnFamilyHandle of(Family family) {
    return switch (family) {
      case META -> handle("default");
      case COUNTERS -> handle("counters");
      case MINUTES -> handle("minutes");
      case CONFIRMED -> handle("confirmed");
    };
  }

  /** Every table. */
  List<ColumnFamilyHandle> all() {
    return List.copyOf(handles.values());
  }

  byte @Nullable [] meta(String name) throws RocksDBException {
    return db.get(of(Family.META), bytes(name));
  }

  /** The tables of fingerprints by their start in epoch milliseconds. */
  Map<Long, ColumnFamilyHandle> seen() {
    Map<Long, ColumnFamilyHandle> seen = new LinkedHashMap<>();
    handles.forEach(
        (name, handle) -> {
          if (name.startsWith(SEEN)) {
            seen.put(Long.parseLong(name.substring(SEEN.length())), handle);
          }
        });
    return seen;
  }

  ColumnFamilyHandle createSeen(long start) throws RocksDBException {
    ColumnFamilyHandle handle =
        db.createColumnFamily(new ColumnFamilyDescriptor(bytes(SEEN + start), seenOptions));
    handles.put(SEEN + start, handle);
    return handle;
  }

  /** Gives the room of a table of fingerprints back at once. */
  void dropSeen(long start) throws RocksDBException {
    ColumnFamilyHandle handle = handle(SEEN + start);
    db.dropColumnFamily(handle);
    handles.remove(SEEN + start);
    handle.close();
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

  private ColumnFamilyHandle handle(String name) {
    @Nullable ColumnFamilyHandle handle = handles.get(name);
    if (handle == null) {
      throw new IllegalStateException("The log has no table " + name);
    }
    return handle;
  }

  private RocksDB open(DBOptions dbOptions, Path directory) throws RocksDBException {
    try (Options listing = new Options()) {
      List<String> names = new ArrayList<>();
      names.add("default");
      names.addAll(FIXED);
      for (byte[] existing : RocksDB.listColumnFamilies(listing, directory.toString())) {
        String name = new String(existing, StandardCharsets.UTF_8);
        if (!names.contains(name)) {
          names.add(name);
        }
      }
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      RocksDB database =
          RocksDB.open(
              dbOptions,
              directory.toString(),
              names.stream().map(this::descriptor).toList(),
              opened);
      for (int i = 0; i < names.size(); i++) {
        handles.put(names.get(i), opened.get(i));
      }
      return database;
    } catch (RocksDBException exception) {
      closeOwned();
      throw exception;
    }
  }

  private ColumnFamilyDescriptor descriptor(String name) {
    return new ColumnFamilyDescriptor(bytes(name), name.startsWith(SEEN) ? seenOptions : options);
  }

  @Override
  public void close() {
    handles.values().forEach(ColumnFamilyHandle::close);
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
