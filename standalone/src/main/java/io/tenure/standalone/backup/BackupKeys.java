package io.tenure.standalone.backup;

import io.tenure.platform.json.Json;
import io.tenure.platform.seal.MasterKeys;
import io.tenure.platform.seal.MasterKeys.Wrapped;
import io.tenure.platform.seal.SealingKey;
import io.tenure.platform.seal.ValueCipher;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.KeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The keys of an installation's backups, one for each, sealed by its master key. They lie beside
 * the other keys and in no backup, so a backup ends when its key is destroyed, wherever copies of
 * it are.
 */
public final class BackupKeys {

  /**
   * A backup and its key.
   *
   * @param endTime from then on it can't be read
   * @param directory where it lies
   * @param master name of the master key that sealed the key
   * @param key sealed; empty once it is destroyed
   */
  public record Entry(
      String name,
      Instant createTime,
      Instant endTime,
      String directory,
      String master,
      String key) {

    private Entry destroyed() {
      return new Entry(name, createTime, endTime, directory, master, "");
    }

    /** Whether its backup can be read at a time. */
    public boolean readable(Instant time) {
      return !key.isEmpty() && endTime.isAfter(time);
    }
  }

  private record Book(List<Entry> backups) {}

  private final Path file;
  private final MasterKeys master;
  private final String erasures;

  /** The keys of the installation in a directory. */
  public BackupKeys(DataDirectory data, KeyFile keys) {
    this.file = data.backupKeys();
    this.erasures = "erasures-" + Digests.of(keys.tombstone()).substring(0, 16) + ".journal";
    this.master =
        new MasterKeys(keys.master(), keys.active(), ValueCipher.AES_256_GCM, KeyFile.NAME);
  }

  /** The name that the installation's tombstones have beside backups. */
  String erasures() {
    return erasures;
  }

  /** All backups that were begun, oldest first. */
  public synchronized List<Entry> entries() {
    return Files.exists(file) ? Json.MAPPER.readValue(file, Book.class).backups() : List.of();
  }

  /** Makes and keeps the key of a new backup. */
  synchronized SealingKey create(String name, Path directory, Instant now, Instant end) {
    SealingKey fresh = master.fresh();
    Wrapped wrapped = master.wrap(fresh, name);
    List<Entry> all = new ArrayList<>(entries());
    all.add(new Entry(name, now, end, directory.toString(), wrapped.master(), wrapped.text()));
    write(all);
    return fresh;
  }

  /** The key of a backup; empty when it is destroyed, out of date or not this installation's. */
  Optional<SealingKey> open(String name, Instant now) {
    return entries().stream()
        .filter(entry -> entry.name().equals(name) && entry.readable(now))
        .findFirst()
        .flatMap(entry -> master.open(new Wrapped(entry.master(), entry.key()), name));
  }

  /**
   * Destroys keys. On a disk that never writes in place the sealed text may be left somewhere; it
   * opens with the master key only.
   *
   * @return those that had one until now
   */
  synchronized List<Entry> destroy(Predicate<Entry> which) {
    List<Entry> gone = new ArrayList<>();
    List<Entry> all = new ArrayList<>();
    for (Entry entry : entries()) {
      boolean ends = !entry.key().isEmpty() && which.test(entry);
      if (ends) {
        gone.add(entry);
      }
      all.add(ends ? entry.destroyed() : entry);
    }
    if (!gone.isEmpty()) {
      write(all);
    }
    return gone;
  }

  private void write(List<Entry> all) {
    PrivateFile.write(
        file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(new Book(all)));
  }
}
