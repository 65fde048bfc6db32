package io.tenure.segment.domain.funnel;

/**
 * Which attempts of a user count. For the events A 13:00, A 13:30, B 13:45, C 14:15 and a window of
 * one hour, {@link #FURTHEST} reaches C and {@link #FIRST} only B.
 */
public enum FunnelEntry {
  /** Every entry is tried, and the attempt that gets furthest counts; of equal ones the first. */
  FURTHEST,
  /** Only the first entry in the range is tried. */
  FIRST,
  /**
   * Attempts are counted, not users: one begins with the first entry after the one before has been
   * completed or has run out of time.
   */
  TOTALS,
  /** Sessions are counted, not users: of each the attempt that gets furthest. */
  SESSIONS;

  /** Whether a user may have several attempts that count. */
  boolean countsAttempts() {
    return this == TOTALS || this == SESSIONS;
  }
}
