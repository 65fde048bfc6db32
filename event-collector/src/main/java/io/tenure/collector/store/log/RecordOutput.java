package io.tenure.collector.store.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** The growing bytes of a record; lengths are varints. */
final class RecordOutput {

  private byte[] buffer = new byte[1024];
  private int size;

  void write(byte value) {
    reserve(1);
    buffer[size++] = value;
  }

  void write(Instant time) {
    reserve(8);
    ByteBuffer.wrap(buffer).putLong(size, time.toEpochMilli());
    size += 8;
  }

  void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  void write(byte[] bytes) {
    writeCount(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  void writeCount(int count) {
    int rest = count;
    while (rest > 0x7F) {
      write((byte) (rest | 0x80));
      rest >>>= 7;
    }
    write((byte) rest);
  }

  byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
