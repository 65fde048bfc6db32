package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Reader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Frees the room of records that every sink took long enough ago. */
public final class Retention {

  private final EventLog log;
  private final List<Reader> readers;
  private final Clock clock;
  private final Duration kept;

  /**
   * Retention in a log.
   *
   * @param kept how long delivered records stay, should a store lose what it took
   */
  public Retention(EventLog log, List<Sink> sinks, Clock clock, Duration kept) {
    this.log = log;
    this.readers = sinks.stream().map(Sink::reader).toList();
    this.clock = clock;
    this.kept = kept;
  }

  /** Removes what may go now; never anything the slowest sink has not confirmed. */
  public void trim() {
    log.trim(readers, clock.instant().minus(kept));
  }
}
