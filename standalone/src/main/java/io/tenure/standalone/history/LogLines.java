package io.tenure.standalone.history;

import io.tenure.platform.failure.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file as bytes, one after the other, however large the file is and however long a
 * broken line. A packed file is recognised by its first bytes.
 */
final class LogLines implements AutoCloseable {

  private final Path file;
  private final InputStream in;
  private final int longest;
  private long number;

  /**
   * One line.
   *
   * @param number counted from 1
   * @param bytes without the line's end; cut when the line is too long
   * @param whole whether nothing is cut
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Line(long number, byte[] bytes, boolean whole) {}

  private LogLines(Path file, InputStream in, int longest) {
    this.file = file;
    this.in = in;
    this.longest = longest;
  }

  /**
   * Opens a file.
   *
   * @param longest bytes of a line that are kept
   * @throws Failure INVALID_ARGUMENT when it can't be read
   */
  static LogLines open(Path file, int longest) {
    try {
      BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      raw.mark(2);
      boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      InputStream in =
          packed ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw;
      return new LogLines(file, in, longest);
    } catch (IOException exception) {
      throw unreadable(file);
    }
  }

  /** The next line; null at the end. A packed file that breaks off ends there. */
  @Nullable Line next() {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    long length = 0;
    try {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      for (; next >= 0 && next != '\n'; next = in.read()) {
        length++;
        if (length <= longest) {
          line.write(next);
        }
      }
    } catch (EOFException | ZipException broken) {
      throw Failure.invalid(file.toString(), "is a broken gzip file after line " + number);
    } catch (IOException exception) {
      throw unreadable(file);
    }
    number++;
    return new Line(number, line.toByteArray(), length <= longest);
  }

  private static Failure unreadable(Path file) {
    return Failure.invalid(file.toString(), "can't be read");
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException exception) {
      throw unreadable(file);
    }
  }
}
