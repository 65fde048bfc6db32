package io.tenure.collector.store.log;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Tells damaged files from everything else that can go wrong. */
final class Damage {

  static final String ON_OPENING = "The log is damaged and can't be opened until it is repaired";

  private Damage() {}

  static boolean is(Exception exception) {
    @Nullable Status status =
        exception instanceof RocksDBException rocks ? rocks.getStatus() : null;
    return status != null && status.getCode() == Status.Code.Corruption;
  }
}
