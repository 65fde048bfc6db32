package io.tenure.profile.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tenure.platform.failure.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads times of requests. */
final class Times {

  private Times() {}

  /** A time, rounded up to whole milliseconds, which the stores keep. */
  static Instant read(String field, Timestamp time) {
    if (!Timestamps.isValid(time)) {
      throw Failure.invalid(field, "is not a valid time");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos() + 999_999L)
        .truncatedTo(ChronoUnit.MILLIS);
  }
}
