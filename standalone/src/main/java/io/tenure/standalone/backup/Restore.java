package io.tenure.standalone.backup;

import io.tenure.collector.store.log.RocksEventLog;
import io.tenure.platform.seal.SealingKey;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Directories;
import io.tenure.standalone.runtime.EmbeddedStores;
import io.tenure.standalone.runtime.KeyFile;
import io.tenure.standalone.runtime.Secrets;
import io.tenure.standalone.store.DatabaseCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes an installation out of a backup and the files that no backup has. Everything is checked
 * before anything is written, and the directory can't be started before it is done: who was erased
 * after the backup was made is erased again first.
 */
public final class Restore {

  private final DataDirectory data;
  private final DataDirectory keys;
  private final Clock clock;

  /**
   * Into a directory.
   *
   * @param keys where the files are that no backup has; may be the same
   */
  public Restore(DataDirectory data, DataDirectory keys, Clock clock) {
    this.data = data;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Restores.
   *
   * @return until when what was acknowledged is there
   * @throws BackupException when the backup can't be used; nothing was written then
   */
  public Instant run(Path from, Again again, Consumer<String> progress)
      throws InterruptedException {
    requireRoom();
    requireKeys();
    KeyFile keyFile = KeyFile.in(keys.path());
    StoredBackup backup = StoredBackup.at(from.toAbsolutePath().normalize());
    String name = backup.manifest().name();
    BackupKeys book = new BackupKeys(keys, keyFile);
    SealingKey key =
        book.open(name, clock.instant())
            .orElseThrow(
                () ->
                    new BackupException(
                        "There is no key for %s in %s: it is another installation's, or was destroyed when its time was over"
                            .formatted(name, keys.backupKeys())));
    Vault vault = new Vault(name, key);
    progress.accept("checking %s".formatted(name));
    backup.verify(vault);
    try {
      Files.createDirectories(data.path());
      Files.writeString(data.unfinished(), name + "\n");
      bringKeys();
      bringErasures(from.toAbsolutePath().normalize().resolveSibling(book.erasures()));
      progress.accept("restoring the log");
      backup.unpack(vault, Manifest.Part.LOG, data.log());
      RocksEventLog.resume(data.log());
      progress.accept("restoring the database");
      Path database = data.work().resolve("database");
      backup.unpack(vault, Manifest.Part.DATABASE, database);
      try (EmbeddedStores stores = EmbeddedStores.databaseOnly(data, secrets().storePassword())) {
        new DatabaseCopy(stores.stores()).read(database);
      }
      Directories.delete(data.work());
      again.eraseAgain(data, secrets(), progress);
      Files.delete(data.unfinished());
      return backup.manifest().createTime();
    } catch (IOException | RuntimeException exception) {
      throw new BackupException(
          "Not restored: %s. Delete %s and begin anew".formatted(exception, data.path()),
          exception);
    }
  }

  /** Starts the restored installation for nobody, and ends it when the erased are gone again. */
  @FunctionalInterface
  public interface Again {
    void eraseAgain(DataDirectory data, Secrets secrets, Consumer<String> progress)
        throws InterruptedException;
  }

  /**
   * Requires that an installation is no half restored one.
   *
   * @throws BackupException when it is
   */
  public static void requireWhole(DataDirectory data) {
    if (Files.exists(data.unfinished())) {
      throw new BackupException(
          "A restore into %s did not end. Delete what it wrote and restore again"
              .formatted(data.path()));
    }
  }

  private Secrets secrets() {
    return Secrets.in(
        data.path(),
        "",
        new Secrets.KeyTexts() {
          @Override
          public String writeKey() {
            throw new IllegalStateException("The secrets are there");
          }

          @Override
          public String secretKey() {
            return writeKey();
          }
        });
  }

  private void requireRoom() {
    if (!Files.exists(data.path())) {
      return;
    }
    try (Stream<Path> there = Files.list(data.path())) {
      there
          .filter(file -> !data.kept().contains(file))
          .findFirst()
          .ifPresent(
              file -> {
                throw new BackupException(
                    "%s is not empty: %s is there. Nothing was changed"
                        .formatted(data.path(), file.getFileName()));
              });
    } catch (IOException exception) {
      throw new BackupException(data.path() + " can't be read", exception);
    }
  }

  private void requireKeys() {
    for (Path file :
        Set.of(KeyFile.fileIn(keys.path()), Secrets.fileIn(keys.path()), keys.backupKeys())) {
      if (!Files.exists(file)) {
        throw new BackupException(
            "%s is missing. Name with --keys a directory with the installation's keys.json, secrets.json, backup-keys.json and erasures.journal"
                .formatted(file));
      }
    }
  }

  private void bringKeys() throws IOException {
    if (!data.path().toAbsolutePath().equals(keys.path().toAbsolutePath())) {
      for (Path file : keys.kept()) {
        if (Files.exists(file)) {
          Files.copy(file, data.path().resolve(file.getFileName()));
        }
      }
    }
  }

  /** Both may know of somebody the other one does not. */
  private void bringErasures(Path beside) throws IOException {
    Set<String> lines = new LinkedHashSet<>();
    for (Path file : new Path[] {data.erasures(), beside}) {
      if (Files.exists(file)) {
        String text = Files.readString(file);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
      }
    }
    if (!lines.isEmpty()) {
      PrivateFile.write(data.erasures(), String.join("\n", lines) + "\n");
    }
  }
}
