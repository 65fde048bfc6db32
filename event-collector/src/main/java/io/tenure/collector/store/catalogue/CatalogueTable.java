package io.tenure.collector.store.catalogue;

import io.tenure.collector.domain.plan.Dispute;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.store.catalogue.CatalogueNames.Key;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalogue on disk. */
final class CatalogueTable implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogueTable.class);

  /** Before the scope in the keys of disputes. */
  private static final String DISPUTE = "!";

  static {
    RocksDB.loadLibrary();
  }

  /** A name as it is written. */
  record Row(LearnedName name, boolean agreed) {}

  /** Receives what was written. */
  interface Visitor {

    void name(ProjectId project, Row row);

    void dispute(ProjectId project, Key key, Dispute dispute);
  }

  private final Options options =
      new Options()
          .setCreateIfMissing(true)
          .setWriteBufferSize(4L << 20)
          .setMaxBackgroundJobs(1)
          .setKeepLogFileNum(2);
  private final WriteOptions durable = new WriteOptions().setSync(true);
  private final WriteOptions lazy = new WriteOptions();
  private final RocksDB db;

  CatalogueTable(Path directory) {
    try {
      Files.createDirectories(directory);
      this.db = RocksDB.open(options, directory.toString());
    } catch (RocksDBException exception) {
      throw new IllegalStateException("The catalogue does not open", exception);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** Everything that was written. */
  void read(Visitor visitor) {
    try (RocksIterator rows = db.newIterator()) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        String[] key = text(rows.key()).split("\0", 3);
        String[] value = text(rows.value()).split("\\|", -1);
        ProjectId project = new ProjectId(key[0]);
        if (key[1].startsWith(DISPUTE)) {
          Scope scope = Scope.valueOf(key[1].substring(DISPUTE.length()));
          visitor.dispute(project, new Key(scope, key[2]), dispute(value));
        } else {
          visitor.name(project, row(Scope.valueOf(key[1]), key[2], value));
        }
      }
    }
  }

  /**
   * Writes for good, all or nothing.
   *
   * @throws Failure UNAVAILABLE
   */
  void write(ProjectId project, List<Row> rows, Map<Key, Dispute> disputes) {
    if (rows.isEmpty() && disputes.isEmpty()) {
      return;
    }
    try (WriteBatch batch = new WriteBatch()) {
      put(project, rows, batch);
      for (Map.Entry<Key, Dispute> dispute : disputes.entrySet()) {
        Key key = dispute.getKey();
        batch.put(key(project, DISPUTE + key.scope(), key.name()), value(dispute.getValue()));
      }
      db.write(durable, batch);
    } catch (RocksDBException exception) {
      LOG.warn("New names could not be written", exception);
      throw Failure.unavailable("The collector can't write", Duration.ofSeconds(5));
    }
  }

  /** Writes what a crash may lose. */
  void writeCounts(ProjectId project, List<Row> rows) {
    try (WriteBatch batch = new WriteBatch()) {
      put(project, rows, batch);
      db.write(lazy, batch);
    } catch (RocksDBException exception) {
      LOG.warn("The counts of names could not be written", exception);
    }
  }

  private static void put(ProjectId project, List<Row> rows, WriteBatch batch)
      throws RocksDBException {
    for (Row row : rows) {
      LearnedName name = row.name();
      batch.put(key(project, name.scope().name(), name.name()), value(row));
    }
  }

  private static byte[] key(ProjectId project, String scope, String name) {
    return bytes(project.value() + "\0" + scope + "\0" + name);
  }

  private static byte[] value(Row row) {
    LearnedName name = row.name();
    @Nullable PropertyType type = name.type();
    return bytes(
        String.join(
            "|",
            type == null ? "" : type.name(),
            Long.toString(name.count()),
            Long.toString(name.firstSeen().toEpochMilli()),
            Long.toString(name.lastSeen().toEpochMilli()),
            row.agreed() ? "agreed" : ""));
  }

  /** Before collectors agreed on types there was no fifth field. */
  private static Row row(Scope scope, String name, String[] value) {
    return new Row(
        new LearnedName(
            scope,
            name,
            value[0].isEmpty() ? null : PropertyType.valueOf(value[0]),
            Long.parseLong(value[1]),
            Instant.ofEpochMilli(Long.parseLong(value[2])),
            Instant.ofEpochMilli(Long.parseLong(value[3]))),
        value.length > 4 && value[4].equals("agreed"));
  }

  private static byte[] value(Dispute dispute) {
    return bytes(dispute.lost() + "|" + dispute.agreed() + "|" + dispute.until().toEpochMilli());
  }

  private static Dispute dispute(String[] value) {
    return new Dispute(
        PropertyType.valueOf(value[0]),
        PropertyType.valueOf(value[1]),
        Instant.ofEpochMilli(Long.parseLong(value[2])));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    db.close();
    durable.close();
    lazy.close();
    options.close();
  }
}
