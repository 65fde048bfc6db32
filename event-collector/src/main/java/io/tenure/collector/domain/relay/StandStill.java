package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.LogSnapshots;
import java.nio.file.Path;

/**
 * The moment for a backup: nothing is on its way between the log and the stores. What is copied of
 * the stores then is what the log's cursors say was delivered, so that after a restore the rest is
 * delivered once, and nothing twice.
 */
public final class StandStill {

  private final RelayHold hold;
  private final LogSnapshots log;

  /** Of the given relays and log. */
  public StandStill(RelayHold hold, LogSnapshots log) {
    this.hold = hold;
    this.log = log;
  }

  /**
   * Copies the stores and then the log, in this order: what is acknowledged meanwhile is in the
   * copy of the log, and no offset that the stores know is missing there.
   *
   * @param stores copies the stores
   * @param directory where the copy of the log goes; must not be there yet
   */
  public void copy(Runnable stores, Path directory) throws InterruptedException {
    try (RelayHold.Held _ = hold.hold()) {
      stores.run();
      log.copyTo(directory);
    }
  }
}
