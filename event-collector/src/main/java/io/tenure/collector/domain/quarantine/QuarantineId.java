package io.tenure.collector.domain.quarantine;

import io.tenure.platform.failure.Failure;

/** The place of a record in its log, by which it is found again. */
public record QuarantineId(String logId, long offset) {

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws Failure INVALID_ARGUMENT when it is something else
   */
  public static QuarantineId parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new QuarantineId(
          text.substring(0, Math.max(colon, 0)), Long.parseLong(text.substring(colon + 1)));
    } catch (NumberFormatException notOurs) {
      throw Failure.invalid("id", "is not the id of a quarantined record");
    }
  }

  @Override
  public String toString() {
    return logId + ":" + offset;
  }
}
