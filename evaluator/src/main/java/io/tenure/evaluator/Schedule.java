package io.tenure.evaluator;

import java.time.Instant;

/**
 * When a rule holds.
 *
 * @param start the first instant
 * @param end the first instant when it holds no more
 */
public record Schedule(Instant start, Instant end) {

  /** From the first day to the last. */
  public static final Schedule ALWAYS = new Schedule(Instant.MIN, Instant.MAX);

  /** Accepts a stretch of time with something inside. */
  public Schedule {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("The end must lie after the start");
    }
  }

  /** Whether an instant lies inside. */
  public boolean contains(Instant time) {
    return !time.isBefore(start) && time.isBefore(end);
  }
}
