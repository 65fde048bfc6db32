package io.tenure.platform.clickhouse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads values in ClickHouse's format {@code RowBinary}, for the few statements whose arrays hold
 * millions of numbers: they come as they lie in memory, without an object for each.
 *
 * <p>Every row begins with a byte of 1. A failure the server writes behind rows it has sent already
 * begins otherwise, so it can't be taken for a row.
 */
public final class RowInput {

  private static final int BUFFER = 128 * 1024;
  private static final int MARK = 1;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  RowInput(InputStream in) {
    this.in = in;
  }

  /** Whether another row follows; takes its mark. */
  boolean nextRow() throws IOException {
    if (position == limit && !fill(0)) {
      return false;
    }
    if (buffer[position++] != MARK) {
      throw new IOException("The server broke off its answer");
    }
    return true;
  }

  /** {@code UInt32} or {@code Int32}. */
  public int number32() {
    need(Integer.BYTES);
    int number = (int) INT.get(buffer, position);
    position += Integer.BYTES;
    return number;
  }

  /** {@code UInt64} or {@code Int64}. */
  public long number64() {
    need(Long.BYTES);
    long number = (long) LONG.get(buffer, position);
    position += Long.BYTES;
    return number;
  }

  /** {@code Array(UInt64)} or {@code Array(Int64)}. */
  public long[] numbers64() {
    long[] numbers = new long[count()];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = number64();
    }
    return numbers;
  }

  /** {@code Array(UInt32)} or {@code Array(Int32)}. */
  public int[] numbers32() {
    int[] numbers = new int[count()];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = number32();
    }
    return numbers;
  }

  /** {@code Array(String)}. */
  public String[] texts() {
    String[] texts = new String[count()];
    for (int index = 0; index < texts.length; index++) {
      texts[index] = text();
    }
    return texts;
  }

  /** {@code String}. */
  public String text() {
    int length = count();
    if (length == 0) {
      return "";
    }
    if (length <= BUFFER) {
      need(length);
      String text = new String(buffer, position, length, StandardCharsets.UTF_8);
      position += length;
      return text;
    }
    byte[] bytes = new byte[length];
    for (int index = 0; index < length; index++) {
      bytes[index] = next();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int count() {
    long count = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = next();
      count |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return Math.toIntExact(count);
      }
    }
  }

  private byte next() {
    need(1);
    return buffer[position++];
  }

  /** Makes sure of some bytes in one piece. */
  private void need(int bytes) {
    try {
      while (limit - position < bytes) {
        if (!fill(limit - position)) {
          throw new EOFException("The server's answer ends inside a row");
        }
      }
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private boolean fill(int kept) throws IOException {
    System.arraycopy(buffer, position, buffer, 0, kept);
    position = 0;
    limit = kept;
    int read = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(read, 0);
    return read > 0;
  }
}
