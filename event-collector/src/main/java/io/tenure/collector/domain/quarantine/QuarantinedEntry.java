package io.tenure.collector.domain.quarantine;

import io.tenure.collector.domain.record.LogRecord;
import java.time.Instant;

/**
 * A record kept aside, and what became of it.
 *
 * @param reason why, as it was called then; the list of reasons changes with the years
 */
public record QuarantinedEntry(
    QuarantineId id, String reason, LogRecord.Quarantined record, Decision decision) {

  /**
   * What became of a record.
   *
   * @param operationId the replay or dismissal
   * @param eventId the event it became; empty unless it was replayed
   * @param author who; empty while it is open
   */
  public record Decision(
      QuarantineState state, String operationId, String eventId, String author, Instant time) {

    /** Nothing yet. */
    public static final Decision OPEN =
        new Decision(QuarantineState.OPEN, "", "", "", Instant.EPOCH);
  }

  /** Its place in the list. */
  public QuarantineKey key() {
    return new QuarantineKey(record.receiveTime(), id);
  }
}
