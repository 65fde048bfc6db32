package io.tenure.standalone.backup;

import io.tenure.platform.json.Json;
import io.tenure.platform.seal.SealingKey;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Directories;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes backups. One bears its name only when it is whole and on disk; until then it is called
 * {@code NAME.partial}, and the next attempt throws it away.
 */
public final class Backup {

  static final String PARTIAL = ".partial";
  static final String SUFFIX = ".sealed";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'backup-'yyyyMMdd'T'HHmmss'Z-'").withZone(ZoneOffset.UTC);

  private final DataDirectory data;
  private final BackupKeys keys;
  private final Retention retention;
  private final Source source;
  private final Clock clock;

  /** Backups of an installation. */
  public Backup(
      DataDirectory data, BackupKeys keys, Retention retention, Source source, Clock clock) {
    this.data = data;
    this.keys = keys;
    this.retention = retention;
    this.source = source;
    this.clock = clock;
  }

  /**
   * Makes one.
   *
   * @return its directory
   * @throws BackupException when it could not be made; nothing of it is left then
   */
  public synchronized Path make(BackupRequest request, Consumer<String> progress)
      throws InterruptedException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    String name = NAME.format(now) + UUID.randomUUID().toString().substring(0, 8);
    Path whole = request.to().resolve(name);
    Path partial = request.to().resolve(name + PARTIAL);
    try {
      requireOutside(request.to());
      retention.clear(request.to());
      Directories.delete(data.work());
      Files.createDirectories(data.work());
      Files.createDirectories(partial);
      SealingKey key = keys.create(name, request.to(), now, now.plus(request.keep()));
      Path database = data.work().resolve("database");
      Path log = data.work().resolve("log");
      progress.accept("copying the database, then the log; events are taken all the time");
      source.copy(database, log);
      Vault vault = new Vault(name, key);
      progress.accept("encrypting the database");
      Manifest.Part first = part(vault, partial, Manifest.Part.DATABASE, database);
      progress.accept("encrypting the log");
      Manifest.Part second = part(vault, partial, Manifest.Part.LOG, log);
      Manifest manifest = new Manifest(Manifest.FORMAT, name, now, List.of(first, second));
      String text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
      PrivateFile.write(partial.resolve(Manifest.SEAL), vault.seal(text));
      PrivateFile.write(partial.resolve(Manifest.FILE), text);
      Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
      PrivateFile.flush(request.to());
      retention.copyErasures(request.to());
      progress.accept("%s is whole, %,d bytes".formatted(name, manifest.bytes()));
      if (request.replace()) {
        int gone = retention.destroy(entry -> !entry.name().equals(name));
        progress.accept("destroyed the keys of %d earlier backups".formatted(gone));
      }
      return whole;
    } catch (IOException | RuntimeException failure) {
      abandon(name, partial);
      throw explained(failure, request.to());
    } finally {
      Directories.delete(data.work());
    }
  }

  /** The engine and the byte search see what lies in the installation. */
  private void requireOutside(Path to) throws IOException {
    if (to.startsWith(data.path().toAbsolutePath().normalize())) {
      throw new BackupException("Backups can't lie in the directory they are made of: " + to);
    }
    Files.createDirectories(to);
  }

  private static Manifest.Part part(Vault vault, Path directory, String name, Path content)
      throws IOException {
    Path file = directory.resolve(name + SUFFIX);
    MessageDigest digest = Digests.fresh();
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        OutputStream sealed = vault.closing(new DigestOutputStream(out, digest), name)) {
      Archive.pack(content, sealed);
    }
    try (FileChannel flushed = FileChannel.open(file, StandardOpenOption.WRITE)) {
      flushed.force(true);
    }
    return new Manifest.Part(name, Files.size(file), Digests.text(digest));
  }

  private void abandon(String name, Path partial) {
    keys.destroy(entry -> entry.name().equals(name));
    Directories.delete(partial);
  }

  private static BackupException explained(Exception failure, Path to) {
    if (failure instanceof BackupException known) {
      return known;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String said = cause.getMessage() == null ? "" : cause.getMessage();
      if (said.contains("No space left on device")) {
        return new BackupException(
            "A disk is full: a backup needs room once in %s and once more in the installation's own directory. Nothing was kept of it"
                .formatted(to),
            failure);
      }
      if (cause instanceof FileSystemException file) {
        return new BackupException("No backup was made: " + file, failure);
      }
    }
    return new BackupException("No backup was made: " + failure.getMessage(), failure);
  }
}
