package io.tenure.profile.domain.consent;

import java.time.Instant;

/**
 * When a record came in: by our clock, and, among the records of its log, by its place there, since
 * all records of a request came in at the same time.
 *
 * @param logId empty for a time alone
 */
record Moment(Instant time, String logId, long offset) {

  static Moment at(Instant time) {
    return new Moment(time, "", 0);
  }

  /** The place an entry of the app's stream names; a time alone for any other. */
  static Moment of(ConsentEntry entry) {
    String origin = entry.origin();
    int colon = origin.lastIndexOf(':');
    if (entry.source() != ConsentSource.APP || origin.startsWith("bound:") || colon < 0) {
      return at(entry.effectiveTime());
    }
    return new Moment(
        entry.effectiveTime(),
        origin.substring(0, colon),
        Long.parseLong(origin.substring(colon + 1)));
  }

  /** Whether this is not before another moment. */
  boolean reaches(Moment other) {
    return !logId.isEmpty() && logId.equals(other.logId)
        ? offset >= other.offset
        : !time.isBefore(other.time);
  }
}
