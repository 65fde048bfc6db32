package io.tenure.collector.store.log;

import io.tenure.collector.domain.record.LogRecord;

/**
 * Reads any bytes as a record of the log. What is no record is refused in one way, without asking
 * for more memory than the bytes justify; what is one is written and read again unchanged.
 */
public final class RecordCodecFuzz {

  private RecordCodecFuzz() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    LogRecord record;
    try {
      record = RecordCodec.decode(bytes);
    } catch (IllegalStateException refused) {
      return;
    }
    if (!RecordCodec.decode(RecordCodec.encode(record)).equals(record)) {
      throw new AssertionError("Broken: a record is the same after another turn");
    }
  }
}
