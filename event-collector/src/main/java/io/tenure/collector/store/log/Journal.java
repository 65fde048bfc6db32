package io.tenure.collector.store.log;

import org.rocksdb.RocksDBException;

/** Where a log's writes are made to last, one after the other. */
interface Journal extends AutoCloseable {

  /**
   * Writes in one piece. After an exception nobody knows whether it is there: the log must be
   * opened anew.
   */
  void write(LogWrite write) throws RocksDBException;

  @Override
  void close();
}
