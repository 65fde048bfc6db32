package io.tenure.collector.domain.log;

/**
 * Somebody who reads the log at a pace of its own. Its name is the name of its cursor on disk.
 *
 * @param name lower case, never used for anything else again
 * @param lane which records it reads
 */
public record Reader(String name, Lane lane) {

  /**
   * Delivers accepted records to the stores; the ledger's {@code delivered} counts its progress.
   */
  public static final Reader EVENTS = new Reader("events", Lane.ACCEPTED);

  /** Delivers what was kept aside. */
  public static final Reader QUARANTINE = new Reader("quarantine", Lane.QUARANTINED);

  /** The two kinds of records; one order, but rarely the same reader. */
  public enum Lane {
    /** Records that passed every step. */
    ACCEPTED,
    /** Records kept aside. */
    QUARANTINED
  }
}
