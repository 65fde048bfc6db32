package io.tenure.standalone.backup;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What kind of backup is wanted.
 *
 * @param to directory of the backups
 * @param keep how long it can be read; then its key is destroyed
 * @param replace whether the keys of all earlier backups are destroyed once it is whole
 */
public record BackupRequest(Path to, Duration keep, boolean replace) {

  /** Makes the path absolute, because another process may be asked. */
  public BackupRequest {
    to = to.toAbsolutePath().normalize();
    if (!keep.isPositive()) {
      throw new BackupException("A backup must be kept for some time");
    }
  }
}
