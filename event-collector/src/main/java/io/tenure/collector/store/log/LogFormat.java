package io.tenure.collector.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The number of the form in which a log lies in its directory. A version that does not know a form
 * must not touch it: it would take what it can't read for damage, or write beside it.
 */
final class LogFormat {

  /**
   * Counted up with every change that an older version can't read. 2: records may have ids under
   * keys of their own.
   */
  static final int CURRENT = 2;

  /** The oldest form this version reads; it writes the current one beside it. */
  private static final int OLDEST = 1;

  static final String FILE = "FORMAT";

  private LogFormat() {}

  /**
   * Marks a new directory, one from before there were numbers, which is of the first form, and one
   * of an older form this version reads; from then on it is of the current form.
   *
   * @throws IllegalStateException when this version does not read the form
   */
  static void check(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      write(file);
      return;
    }
    String text = Files.readString(file).strip();
    if (isOlder(text)) {
      write(file);
    } else if (!text.equals(Integer.toString(CURRENT))) {
      throw new IllegalStateException(
          "The log in %s has format %s and this version reads formats %d to %d only. Nothing was changed. Start the version that wrote it, or give tenure.collector.data-directory another directory"
              .formatted(
                  directory, text.matches("[0-9]{1,9}") ? text : "unknown", OLDEST, CURRENT));
    }
  }

  private static boolean isOlder(String text) {
    for (int format = OLDEST; format < CURRENT; format++) {
      if (text.equals(Integer.toString(format))) {
        return true;
      }
    }
    return false;
  }

  /** Beside the file first and then in its place, so that a crash leaves no half a number. */
  private static void write(Path file) throws IOException {
    Path next = file.resolveSibling(FILE + ".next");
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer number = ByteBuffer.wrap((CURRENT + "\n").getBytes(StandardCharsets.US_ASCII));
      while (number.hasRemaining()) {
        out.write(number);
      }
      out.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
