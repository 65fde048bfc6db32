package io.tenure.standalone.backup;

import io.tenure.platform.json.Json;
import io.tenure.platform.seal.SealingKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** A backup as it lies in its directory. */
public final class StoredBackup {

  private final Path directory;
  private final Manifest manifest;
  private final String text;

  private StoredBackup(Path directory, Manifest manifest, String text) {
    this.directory = directory;
    this.manifest = manifest;
    this.text = text;
  }

  /**
   * What is known of a backup without reading all of it.
   *
   * @param bytes 0 when its manifest can't be read
   * @param state whether it can be restored, in words
   */
  public record Listed(String name, String time, long bytes, String state) {}

  /** Those in a directory, oldest first. */
  public static List<Listed> list(Path directory, BackupKeys keys, Instant now) throws IOException {
    List<Listed> all = new ArrayList<>();
    for (Path one : Retention.in(directory)) {
      String name = one.getFileName().toString();
      try {
        StoredBackup backup = at(one);
        all.add(
            new Listed(
                name,
                backup.manifest.createTime().toString(),
                backup.manifest.bytes(),
                backup.state(keys, now)));
      } catch (BackupException broken) {
        all.add(new Listed(name, "-", 0, String.valueOf(broken.getMessage())));
      }
    }
    return all;
  }

  private String state(BackupKeys keys, Instant now) {
    Optional<SealingKey> key = keys.open(manifest.name(), now);
    if (key.isEmpty()) {
      return "unreadable: no key";
    }
    if (!isProved(new Vault(manifest.name(), key.get()))) {
      return "damaged: its manifest was changed";
    }
    return keys.entries().stream()
        .filter(entry -> entry.name().equals(manifest.name()))
        .findFirst()
        .map(entry -> "readable until " + entry.endTime())
        .orElse("");
  }

  /**
   * The backup in a directory; nothing is proved yet.
   *
   * @throws BackupException when there is none
   */
  static StoredBackup at(Path directory) {
    try {
      if (directory.toString().endsWith(Backup.PARTIAL)) {
        throw new BackupException(directory + " was never finished");
      }
      String text = Files.readString(directory.resolve(Manifest.FILE));
      Manifest manifest = Json.MAPPER.readValue(text, Manifest.class);
      if (manifest.format() != Manifest.FORMAT) {
        throw new BackupException(
            "%s has format %d, this version reads format %d"
                .formatted(directory, manifest.format(), Manifest.FORMAT));
      }
      return new StoredBackup(directory, manifest, text);
    } catch (IOException | JacksonException missing) {
      throw new BackupException(directory + " is no backup, or its manifest is damaged", missing);
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /**
   * Requires that every byte is as it was written.
   *
   * @throws BackupException when one is not
   */
  void verify(Vault vault) {
    if (!isProved(vault)) {
      throw new BackupException("The manifest of " + directory + " was changed or damaged");
    }
    try {
      for (Manifest.Part part : manifest.parts()) {
        Path file = file(part.name());
        if (!Files.exists(file)
            || Files.size(file) != part.bytes()
            || !Digests.of(file).equals(part.sha256())) {
          throw new BackupException(file + " is missing or damaged; nothing was restored");
        }
      }
    } catch (IOException exception) {
      throw new BackupException(directory + " can't be read: " + exception, exception);
    }
  }

  private boolean isProved(Vault vault) {
    try {
      Path seal = directory.resolve(Manifest.SEAL);
      return Files.exists(seal) && vault.proves(Files.readString(seal), text);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Writes a part's content to a directory. */
  void unpack(Vault vault, String part, Path to) throws IOException {
    try (InputStream sealed = Files.newInputStream(file(part));
        InputStream content = vault.opening(sealed, part)) {
      Archive.unpack(content, to);
    }
  }

  private Path file(String part) {
    return directory.resolve(part + Backup.SUFFIX);
  }
}
