package io.tenure.collector.store.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of the topic: some records of a write with consecutive offsets, and records it takes
 * out. It is kept well below what a broker takes; one large record may be a message of its own.
 */
record KafkaChunk(
    long time, long first, List<LogWrite.Added> added, List<LogWrite.Removed> removed) {

  private static final int TARGET_BYTES = 512 << 10;
  private static final int FINGERPRINT = 16;

  /** Cuts what a write adds and takes out into messages. */
  static List<KafkaChunk> of(LogWrite write) {
    List<KafkaChunk> chunks = new ArrayList<>();
    List<LogWrite.Added> open = new ArrayList<>();
    int size = 0;
    for (LogWrite.Added added : write.added()) {
      if (size > 0 && size + added.bytes().length > TARGET_BYTES) {
        chunks.add(new KafkaChunk(write.time, open.getFirst().offset(), open, List.of()));
        open = new ArrayList<>();
        size = 0;
      }
      open.add(added);
      size += added.bytes().length;
    }
    if (!open.isEmpty() || !write.removed().isEmpty()) {
      long first = open.isEmpty() ? write.lastOffset() + 1 : open.getFirst().offset();
      chunks.add(new KafkaChunk(write.time, first, open, write.removed()));
    }
    return chunks;
  }

  byte[] encode() {
    int size = 24 + removed.size() * (8 + FINGERPRINT);
    for (LogWrite.Added one : added) {
      size += FINGERPRINT + 4 + one.bytes().length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putLong(time).putLong(first).putInt(added.size()).putInt(removed.size());
    added.forEach(one -> out.put(one.fingerprint()).putInt(one.bytes().length).put(one.bytes()));
    removed.forEach(one -> out.putLong(one.offset()).put(one.fingerprint()));
    return out.array();
  }

  static KafkaChunk decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long time = in.getLong();
    long first = in.getLong();
    int addedCount = in.getInt();
    int removedCount = in.getInt();
    List<LogWrite.Added> added = new ArrayList<>(addedCount);
    for (int i = 0; i < addedCount; i++) {
      byte[] fingerprint = bytes(in, FINGERPRINT);
      added.add(new LogWrite.Added(first + i, fingerprint, bytes(in, in.getInt())));
    }
    List<LogWrite.Removed> removed = new ArrayList<>(removedCount);
    for (int i = 0; i < removedCount; i++) {
      removed.add(new LogWrite.Removed(in.getLong(), bytes(in, FINGERPRINT)));
    }
    return new KafkaChunk(time, first, added, removed);
  }

  /** What it changes locally. */
  LogWrite write() {
    LogWrite write = new LogWrite(time, first - 1, new boolean[0]);
    added.forEach(one -> write.add(one.fingerprint(), one.bytes()));
    removed.forEach(one -> write.remove(one.offset(), one.fingerprint()));
    return write;
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
