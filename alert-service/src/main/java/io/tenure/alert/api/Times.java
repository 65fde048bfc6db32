package io.tenure.alert.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.time.Instant;

/** Times on the wire and in the domain. */
final class Times {

  private Times() {}

  static Instant instant(String field, Timestamp time) {
    if (!Timestamps.isValid(time)) {
      throw Failure.invalid(field, "is not a valid time");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  static Duration duration(String field, com.google.protobuf.Duration length) {
    if (!Durations.isValid(length)) {
      throw Failure.invalid(field, "is not a valid length of time");
    }
    return Duration.ofSeconds(length.getSeconds(), length.getNanos());
  }

  static com.google.protobuf.Duration duration(Duration length) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(length.getSeconds())
        .setNanos(length.getNano())
        .build();
  }
}
