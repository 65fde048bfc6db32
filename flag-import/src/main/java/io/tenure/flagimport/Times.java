package io.tenure.flagimport;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as the peers write them. */
final class Times {

  private Times() {}

  /** Some SDKs know milliseconds and no less, so neither may the time. */
  static Instant of(Json value) {
    Instant time;
    try {
      time = OffsetDateTime.parse(value.text()).toInstant();
    } catch (DateTimeException notATime) {
      throw value.refused("a time with an offset is expected here");
    }
    if (time.getNano() % Duration.ofMillis(1).toNanos() != 0) {
      throw value.refused("the time is finer than a millisecond");
    }
    return time;
  }
}
