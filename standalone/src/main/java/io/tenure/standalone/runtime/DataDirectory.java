package io.tenure.standalone.runtime;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What lies where in the directory of an installation. */
public record DataDirectory(Path path) {

  /** The database. */
  public Path clickHouse() {
    return path.resolve("clickhouse");
  }

  /** What Redis keeps. */
  public Path redis() {
    return path.resolve("redis");
  }

  /** The log itself, below the collector's directory. */
  public Path log() {
    return path.resolve("log").resolve("log");
  }

  /** Copies under way of or from backups; the engine may write here. */
  public Path work() {
    return path.toAbsolutePath().normalize().resolve("backup-work");
  }

  /** Who was erased, as hashes; outside of every backup. */
  public Path erasures() {
    return path.resolve("erasures.journal");
  }

  /** The keys of backups. */
  public Path backupKeys() {
    return path.resolve("backup-keys.json");
  }

  /** There while a restore is under way. */
  public Path unfinished() {
    return path.resolve("restore-unfinished");
  }

  /** There in the directory of a demo, which the next demo throws away. */
  public Path demo() {
    return path.resolve("tenure-demo");
  }

  /** The files that no backup has; without them none can be restored. */
  public Set<Path> kept() {
    return Set.of(KeyFile.fileIn(path), Secrets.fileIn(path), backupKeys(), erasures());
  }

  /** What the profile service is told about them. */
  Map<String, String> profileSettings() {
    return Map.of(
        "tenure.profile.erasure.journal", erasures().toAbsolutePath().toString(),
        "tenure.profile.erasure.backups", backupKeys().toAbsolutePath().toString());
  }
}
