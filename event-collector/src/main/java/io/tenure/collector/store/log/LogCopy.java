package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;
import static io.tenure.collector.store.log.RocksTables.number;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** Copies of a log, and what is to be done before one takes the place of the log. */
final class LogCopy {

  private static final String FLOOR = "floor";

  /**
   * How many offsets are left out at a restore: more than a log gives in the life of a backup, and
   * few enough for thousands of restores before offsets leave the range that doubles keep exact.
   */
  private static final long LEFT_OUT = 1L << 36;

  private LogCopy() {}

  /** Files that don't change any more are linked, the others copied. */
  static boolean make(RocksTables tables, Path directory) throws RocksDBException {
    try (Checkpoint checkpoint = Checkpoint.create(tables.db)) {
      checkpoint.createCheckpoint(directory.toString());
      LogFormat.check(directory);
      return true;
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /**
   * Offsets that were given after the copy was made name records that are no more; tombstones and
   * whoever else remembers them must not take new records for those.
   */
  static void resume(Path directory) {
    try {
      RocksTables tables = new RocksTables(directory);
      try (WriteOptions durable = new WriteOptions().setSync(true)) {
        long last = OpenLog.lastOffset(tables, new Cursors(tables));
        tables.db.put(tables.of(Family.META), durable, bytes(FLOOR), bytes(last + LEFT_OUT));
      } finally {
        tables.close();
      }
    } catch (RocksDBException | IOException exception) {
      throw new IllegalStateException("The log in " + directory + " can't be opened", exception);
    }
  }

  /** The offset above which new ones are given; 0 for a log that was never restored. */
  static long floor(RocksTables tables) throws RocksDBException {
    byte @Nullable [] row = tables.meta(FLOOR);
    return row == null ? 0 : number(row, 0);
  }
}
