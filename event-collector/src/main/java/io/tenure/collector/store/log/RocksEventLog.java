package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log on RocksDB: one process, one directory, one disk. */
public final class RocksEventLog extends DurableEventLog {

  private static final Logger LOG = LoggerFactory.getLogger(RocksEventLog.class);

  /**
   * What a log needs to know.
   *
   * @param directory where it lies; one process at a time
   * @param duplicateWindow how long a record is remembered
   * @param diskReserve free bytes below which nothing is taken
   * @param queue most requests waiting to be written
   * @param patience how long a request waits to be written
   */
  public record Settings(
      Path directory, Duration duplicateWindow, long diskReserve, int queue, Duration patience) {}

  /**
   * Opens a log, or creates it. A damaged one stays closed and says so, for whoever asks how the
   * service is.
   *
   * @throws IllegalStateException when the directory can't be used or another process has it
   */
  public RocksEventLog(Settings settings, Clock clock) {
    this(settings, clock, RocksJournal.Disk.REAL);
  }

  RocksEventLog(Settings settings, Clock clock, RocksJournal.Disk disk) {
    super(
        new LogWriter(
            () -> open(settings, disk),
            openFirst(settings, disk),
            Damage.ON_OPENING,
            new DiskReserve(settings.directory(), settings.diskReserve()),
            clock,
            settings.queue(),
            settings.patience()),
        clock);
  }

  /**
   * Prepares a restored log that no process has open: its next offsets lie far above all that may
   * have been given after the copy was made.
   */
  public static void resume(Path directory) {
    LogCopy.resume(directory);
  }

  private static @Nullable OpenLog openFirst(Settings settings, RocksJournal.Disk disk) {
    try {
      return open(settings, disk);
    } catch (RocksDBException | IOException exception) {
      if (Damage.is(exception)) {
        LOG.error(Damage.ON_OPENING, exception);
        return null;
      }
      throw new IllegalStateException("Cannot open the log in " + settings.directory(), exception);
    }
  }

  private static OpenLog open(Settings settings, RocksJournal.Disk disk)
      throws RocksDBException, IOException {
    RocksTables tables = new RocksTables(settings.directory());
    try {
      SeenBefore seen = new SeenBefore(tables, settings.duplicateWindow());
      return new OpenLog(id(tables), tables, seen, new RocksJournal(tables, seen, disk));
    } catch (RocksDBException | RuntimeException exception) {
      tables.close();
      throw exception;
    }
  }

  private static String id(RocksTables tables) throws RocksDBException {
    byte @Nullable [] known = tables.meta(OpenLog.ID);
    if (known != null) {
      return new String(known, StandardCharsets.UTF_8);
    }
    String created = UUID.randomUUID().toString();
    try (WriteOptions durable = new WriteOptions().setSync(true)) {
      tables.db.put(tables.of(Family.META), durable, bytes(OpenLog.ID), bytes(created));
    }
    return created;
  }
}
