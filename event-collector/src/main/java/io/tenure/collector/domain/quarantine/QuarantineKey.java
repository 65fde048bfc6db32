package io.tenure.collector.domain.quarantine;

import java.time.Instant;

/** A place in the list of quarantined records, newest first. */
public record QuarantineKey(Instant receiveTime, QuarantineId id) {

  /** Before all others. */
  public static final QuarantineKey NEWEST =
      new QuarantineKey(
          Instant.parse("2200-01-01T00:00:00Z"), new QuarantineId("", Long.MAX_VALUE));
}
