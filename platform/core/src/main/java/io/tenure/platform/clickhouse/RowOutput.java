package io.tenure.platform.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Values in ClickHouse's format {@code RowBinary}: numbers little-endian, texts and collections
 * after their length. A low-cardinality column takes what its inner type takes.
 */
public final class RowOutput {

  private static final int FLUSH_SIZE = 64 * 1024;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final OutputStream out;
  private byte[] buffer = new byte[2 * FLUSH_SIZE];
  private int size;

  RowOutput(OutputStream out) {
    this.out = out;
  }

  /** {@code String}. */
  public void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    count(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /** {@code DateTime64(3)}. */
  public void milliseconds(Instant time) {
    number64(time.toEpochMilli());
  }

  /** {@code UInt32} or {@code Int32}. */
  public void number32(int number) {
    reserve(Integer.BYTES);
    INT.set(buffer, size, number);
    size += Integer.BYTES;
  }

  /** {@code UInt64} or {@code Int64}. */
  public void number64(long number) {
    reserve(Long.BYTES);
    LONG.set(buffer, size, number);
    size += Long.BYTES;
  }

  /** {@code Array(String)}. */
  public void texts(Collection<String> texts) {
    count(texts.size());
    texts.forEach(this::text);
  }

  /** {@code Map(String, ...)}; the values are written by the one method that fits. */
  public <V> void map(Map<String, V> map, BiConsumer<RowOutput, V> value) {
    count(map.size());
    map.forEach(
        (key, entry) -> {
          text(key);
          value.accept(this, entry);
        });
  }

  /** Sends what is complete once there is enough of it. */
  void endRow() throws IOException {
    if (size >= FLUSH_SIZE) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(buffer, 0, size);
    size = 0;
  }

  private void count(int count) {
    reserve(5);
    int rest = count;
    while (rest > 0x7F) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  private void reserve(int bytes) {
    if (buffer.length - size < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + bytes));
    }
  }
}
