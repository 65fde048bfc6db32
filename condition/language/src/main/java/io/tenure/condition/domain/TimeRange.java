package io.tenure.condition.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A half-open stretch of time, {@code [start, end)}; empty when it ends where it starts.
 *
 * <p>Events carry milliseconds, so both bounds are rounded up to the millisecond, which changes
 * nothing about which events lie inside.
 */
public record TimeRange(Instant start, Instant end) {

  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  /** Accepts bounds from 1970 to 2100 in the right order. */
  public TimeRange {
    start = toMillis(start);
    end = toMillis(end);
    if (start.isBefore(Instant.EPOCH) || end.isAfter(LAST)) {
      throw new IllegalArgumentException("Times must lie between 1970 and 2100");
    }
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("The end lies before the start");
    }
  }

  /** Everything before an instant. */
  public static TimeRange before(Instant end) {
    return new TimeRange(Instant.EPOCH, end);
  }

  /** Whether nothing lies inside. */
  public boolean isEmpty() {
    return start.equals(end);
  }

  /** How long it is. */
  public Duration length() {
    return Duration.between(start, end);
  }

  /** The part before an instant. */
  public TimeRange until(Instant limit) {
    Instant earlier = end.isBefore(limit) ? end : toMillis(limit);
    return earlier.isBefore(start) ? new TimeRange(start, start) : new TimeRange(start, earlier);
  }

  /** The same start with another end. */
  public TimeRange endingAt(Instant other) {
    return new TimeRange(start, other);
  }

  /** The UTC date of the first instant. */
  public LocalDate firstDate() {
    return LocalDate.ofInstant(start, ZoneOffset.UTC);
  }

  /** The UTC date of the last instant. */
  public LocalDate lastDate() {
    return LocalDate.ofInstant(isEmpty() ? end : end.minusMillis(1), ZoneOffset.UTC);
  }

  private static Instant toMillis(Instant time) {
    Instant floor = time.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(time) ? time : floor.plusMillis(1);
  }
}
