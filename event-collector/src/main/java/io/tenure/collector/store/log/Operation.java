package io.tenure.collector.store.log;

import java.util.List;
import org.rocksdb.RocksDBException;

/** Something the writer does to the log together with others, in one write. */
interface Operation<T> {

  /** What it asks about; the answers are then given by {@link LogWrite#wasSeen} in this order. */
  default List<byte[]> fingerprints() {
    return List.of();
  }

  /** Its size, as a share of what one write may hold. */
  default long bytes() {
    return 0;
  }

  /** Whether it fills the disk, so that it has to wait when the reserve is reached. */
  default boolean takesRoom() {
    return false;
  }

  /** Adds to the write; the result is handed out once it is written. */
  T prepare(OpenLog log, LogWrite write) throws RocksDBException;
}
