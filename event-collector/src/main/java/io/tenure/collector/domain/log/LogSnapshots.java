package io.tenure.collector.domain.log;

import java.nio.file.Path;

/** A log that can be copied while it is written. */
public interface LogSnapshots {

  /**
   * Copies everything acknowledged by now, and nothing half.
   *
   * @param directory must not be there yet; on the disk of the log it takes hardly any room
   * @throws io.tenure.platform.failure.Failure FAILED_PRECONDITION for a log that can't
   */
  void copyTo(Path directory);
}
