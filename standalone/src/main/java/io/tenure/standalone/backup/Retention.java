package io.tenure.standalone.backup;

import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Ends backups when their time is over: first the key, which also ends every copy of the backup
 * elsewhere, then the files, if they can be reached. And brings to the places of backups who was
 * erased, as hashes: whoever restores there must know.
 */
public final class Retention {

  private final DataDirectory data;
  private final BackupKeys keys;
  private final Clock clock;

  /** Of an installation. */
  public Retention(DataDirectory data, BackupKeys keys, Clock clock) {
    this.data = data;
    this.keys = keys;
    this.clock = clock;
  }

  /** Does what is due. */
  public synchronized void run() {
    destroy(entry -> !entry.endTime().isAfter(clock.instant()));
    keys.entries().stream()
        .filter(entry -> entry.readable(clock.instant()))
        .map(entry -> Path.of(entry.directory()))
        .distinct()
        .filter(Files::isDirectory)
        .forEach(this::copyErasures);
  }

  /**
   * Destroys backups.
   *
   * @return how many
   */
  synchronized int destroy(Predicate<BackupKeys.Entry> which) {
    List<BackupKeys.Entry> gone = keys.destroy(which);
    for (BackupKeys.Entry entry : gone) {
      Directories.delete(Path.of(entry.directory()).resolve(entry.name()));
    }
    return gone.size();
  }

  /** Throws away what attempts of this installation left in a directory. */
  void clear(Path directory) {
    run();
    keys.destroy(entry -> Files.exists(partial(entry)));
    keys.entries().stream()
        .filter(entry -> Path.of(entry.directory()).equals(directory))
        .forEach(entry -> Directories.delete(partial(entry)));
  }

  private static Path partial(BackupKeys.Entry entry) {
    return Path.of(entry.directory()).resolve(entry.name() + Backup.PARTIAL);
  }

  /** The journal only grows, so the larger one is the newer one. */
  synchronized void copyErasures(Path directory) {
    Path journal = data.erasures();
    Path copy = directory.resolve(keys.erasures());
    try {
      if (!Files.exists(journal)
          || (Files.exists(copy) && Files.size(copy) >= Files.size(journal))) {
        return;
      }
      Path fresh = directory.resolve(keys.erasures() + ".new");
      Files.copy(journal, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** The names of what lies in a directory and looks like a backup, oldest first. */
  static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found
          .filter(Files::isDirectory)
          .filter(path -> path.getFileName().toString().startsWith("backup-"))
          .sorted()
          .toList();
    }
  }
}
