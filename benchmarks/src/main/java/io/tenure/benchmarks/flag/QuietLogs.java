package io.tenure.benchmarks.flag;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Peers that log every decision at debug must not be timed while they do. */
final class QuietLogs {

  private QuietLogs() {}

  static void set() {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.WARN);
    }
  }
}
