package io.tenure.standalone.backup;

import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.DatabaseLock;
import io.tenure.standalone.runtime.EmbeddedStores;
import io.tenure.standalone.runtime.Secrets;
import io.tenure.standalone.store.DatabaseCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** An installation that does not run. Only one process can open the database, so none starts. */
public final class StoppedSource implements Source {

  private final DataDirectory data;
  private final Secrets secrets;

  /** In a directory. */
  public StoppedSource(DataDirectory data, Secrets secrets) {
    this.data = data;
    this.secrets = secrets;
  }

  /**
   * Requires that nobody else has the database open, as far as this system tells.
   *
   * @throws BackupException with what to do
   */
  public void requireStopped() {
    if (DatabaseLock.isHeld(data)) {
      throw new BackupException(whyTaken());
    }
  }

  @Override
  public void copy(Path databaseCopy, Path logCopy) throws IOException {
    try (EmbeddedStores stores = EmbeddedStores.databaseOnly(data, secrets.storePassword())) {
      new DatabaseCopy(stores.stores()).write(databaseCopy);
      copyFiles(data.log(), logCopy);
    } catch (IllegalStateException taken) {
      throw new BackupException(whyTaken(), taken);
    }
  }

  private String whyTaken() {
    return Files.exists(data.demo())
        ? "%s runs as a demo, which makes no backups: stop it with Ctrl-C first, or use ./tenure start for data of your own"
            .formatted(data.path())
        : "The database can't be opened. If the installation runs with --distributed, stop it"
            + " first";
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
