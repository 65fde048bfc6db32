package io.tenure.standalone;

import io.tenure.standalone.backup.Backup;
import io.tenure.standalone.backup.BackupDoor;
import io.tenure.standalone.backup.BackupKeys;
import io.tenure.standalone.backup.Retention;
import io.tenure.standalone.backup.RunningSource;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.InProcessPlatform;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.KeyFile;
import io.tenure.standalone.store.DatabaseCopy;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The door to backups of an installation that can make them while it runs; else none. */
record BackupDoors(@Nullable BackupDoor door) implements AutoCloseable {

  static BackupDoors of(DataDirectory data, Installation installation) {
    if (!(installation.platform() instanceof InProcessPlatform platform)
        || !installation.keepsItsDatabase()) {
      return new BackupDoors(null);
    }
    Clock clock = Clock.systemUTC();
    BackupKeys keys = new BackupKeys(data, KeyFile.in(data.path()));
    Retention retention = new Retention(data, keys, clock);
    Backup backup =
        new Backup(
            data,
            keys,
            retention,
            new RunningSource(platform, new DatabaseCopy(installation.stores())),
            clock);
    return new BackupDoors(new BackupDoor(data, backup, retention));
  }

  @Override
  public void close() {
    if (door != null) {
      door.close();
    }
  }
}
