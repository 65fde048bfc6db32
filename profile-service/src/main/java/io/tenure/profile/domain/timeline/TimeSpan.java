package io.tenure.profile.domain.timeline;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time, half-open: from start up to but without end; may be empty. */
public record TimeSpan(Instant start, Instant end) {

  /** All time the event store can hold. */
  public static final TimeSpan ALWAYS =
      new TimeSpan(Instant.EPOCH, Instant.parse("2262-01-01T00:00:00Z"));

  /** Whether no instant lies inside. */
  public boolean isEmpty() {
    return !start.isBefore(end);
  }

  /** What lies in both. */
  public TimeSpan within(TimeSpan other) {
    return new TimeSpan(
        start.isBefore(other.start) ? other.start : start,
        end.isAfter(other.end) ? other.end : end);
  }

  /** The part of at most this length before the end. */
  TimeSpan last(Duration length) {
    return new TimeSpan(end.minus(length), end).within(this);
  }

  /** What remains before another span's start. */
  TimeSpan before(TimeSpan other) {
    return new TimeSpan(start, other.start);
  }
}
