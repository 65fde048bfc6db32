package io.tenure.collector.store.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** The bytes of a record while they are read; see {@link RecordOutput}. */
final class RecordInput {

  private final ByteBuffer bytes;
  private final KnownTexts known;

  RecordInput(byte[] bytes, KnownTexts known) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.known = known;
  }

  byte readByte() {
    return bytes.get();
  }

  Instant readTime() {
    return Instant.ofEpochMilli(bytes.getLong());
  }

  String readText() {
    int length = readCount();
    String text = known.text(bytes.array(), bytes.position(), length);
    bytes.position(bytes.position() + length);
    return text;
  }

  byte[] readBytes() {
    byte[] content = new byte[readCount()];
    bytes.get(content);
    return content;
  }

  /** How many bytes or parts follow; each takes a byte at least. */
  int readCount() {
    int count = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      count |= (next & 0x7F) << shift;
      if (next >= 0) {
        break;
      }
    }
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return count;
  }
}
