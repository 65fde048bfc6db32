package io.tenure.collector.store.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Free space that is never used up, so that the log can always be opened and trimmed. */
final class DiskReserve {

  private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Path directory;
  private final long reserve;
  private volatile boolean enough = true;
  private long checked = System.nanoTime() - INTERVAL_NANOS;

  /**
   * A reserve.
   *
   * @param reserve free bytes below which nothing is taken
   */
  DiskReserve(Path directory, long reserve) {
    this.directory = directory;
    this.reserve = reserve;
  }

  /** Whether there is room, as of the last look. */
  boolean isKept() {
    return enough;
  }

  /** Looks at most once a second while there is room; called by one thread. */
  boolean check() {
    long now = System.nanoTime();
    if (!enough || now - checked >= INTERVAL_NANOS) {
      checked = now;
      boolean before = enough;
      enough = look();
      if (enough != before) {
        LOG.warn("Free space is {} the reserve", enough ? "above" : "below");
      }
    }
    return enough;
  }

  private boolean look() {
    try {
      Files.createDirectories(directory);
      return Files.getFileStore(directory).getUsableSpace() >= reserve;
    } catch (IOException exception) {
      LOG.warn("The free space is unknown", exception);
      return false;
    }
  }
}
