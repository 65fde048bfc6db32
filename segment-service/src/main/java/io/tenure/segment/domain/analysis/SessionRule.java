package io.tenure.segment.domain.analysis;

import java.time.Duration;

/**
 * Where a session ends: before an event that comes later than {@code idle} after the one before it,
 * and before one that comes {@code longest} after the first or later.
 *
 * @param idle longest time between two events, up to {@code longest}
 * @param longest how long a session can be, up to 31 days
 */
public record SessionRule(Duration idle, Duration longest) {

  private static final Duration MOST = Duration.ofDays(31);

  /** What the trade calls a session: half an hour without an event ends it, and so does a day. */
  public static final SessionRule USUAL =
      new SessionRule(Duration.ofMinutes(30), Duration.ofHours(24));

  /** Accepts positive times. */
  public SessionRule {
    if (idle.toMillis() < 1 || idle.compareTo(longest) > 0 || longest.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "The idle time must be positive and no longer than the longest session, which has at most"
              + " 31 days");
    }
  }
}
