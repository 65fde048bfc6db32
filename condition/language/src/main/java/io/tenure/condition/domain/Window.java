package io.tenure.condition.domain;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time that may depend on the as-of time and never reaches past it. */
public sealed interface Window {

  /** All history before the as-of time. */
  record Always() implements Window {}

  /** The time of this length that ends at the as-of time. */
  record Last(Duration length) implements Window {
    /** Accepts 1 millisecond to ten years. */
    public Last {
      Limits.duration(length, Duration.ofDays(3660), "The window");
    }
  }

  /** Absolute bounds. */
  record Between(TimeRange range) implements Window {
    /** Accepts a range with something inside. */
    public Between {
      if (range.isEmpty()) {
        throw new IllegalArgumentException("The end must lie after the start");
      }
    }
  }

  /** The absolute stretch this window means for an as-of time; may be empty. */
  default TimeRange before(Instant asOf) {
    return switch (this) {
      case Always() -> TimeRange.before(asOf);
      case Last(Duration length) -> {
        Instant start = asOf.minus(length);
        yield new TimeRange(start.isBefore(Instant.EPOCH) ? Instant.EPOCH : start, asOf);
      }
      case Between(TimeRange range) -> range.until(asOf);
    };
  }
}
