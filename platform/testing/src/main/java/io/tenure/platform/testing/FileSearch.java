package io.tenure.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks at the bytes of files as whoever takes a disk would, while a store still writes and removes
 * them.
 */
public final class FileSearch {

  private FileSearch() {}

  /** Whether a file below a directory holds a text. */
  public static boolean holds(Path directory, String text) {
    return !found(directory, file -> true, bytes -> found(bytes, text)).isEmpty();
  }

  /**
   * What files below a directory hold. It looks again when a directory goes while it is looked
   * through.
   *
   * @param meant which files count, by their path below the directory
   * @param search what the bytes of a file hold, one character a byte
   */
  public static <T> Set<T> found(
      Path directory, Predicate<Path> meant, Function<String, Set<T>> search) {
    while (true) {
      try (Stream<Path> files = Files.walk(directory)) {
        Set<T> found = new LinkedHashSet<>();
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (meant.test(directory.relativize(file))) {
            found.addAll(search.apply(bytes(file)));
          }
        }
        return found;
      } catch (UncheckedIOException | NoSuchFileException removed) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      } catch (IOException exception) {
        throw new UncheckedIOException(exception);
      }
    }
  }

  private static Set<String> found(String bytes, String text) {
    return bytes.contains(text) ? Set.of(text) : Set.of();
  }

  private static String bytes(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException removed) {
      return "";
    }
  }
}
