package io.tenure.condition.api;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Supplier;

/** Reads and writes single fields; what is wrong with one becomes a violation that names it. */
public final class Fields {

  private Fields() {}

  /** Makes a domain value; its complaint becomes a violation of the field. */
  public static <T> T at(String field, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException exception) {
      String message = exception.getMessage();
      throw Failure.invalid(field, message == null ? "is invalid" : message);
    }
  }

  /** The instant of a valid timestamp. */
  public static Instant instant(String field, Timestamp time) {
    if (!Timestamps.isValid(time)) {
      throw Failure.invalid(field, "is not a valid time");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** The duration of a valid message. */
  public static java.time.Duration duration(String field, Duration duration) {
    if (!Durations.isValid(duration)) {
      throw Failure.invalid(field, "is not a valid duration");
    }
    return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  /** The half-open range of an interval; both ends are required. */
  public static TimeRange range(String field, io.tenure.proto.condition.v1.Interval interval) {
    if (!interval.hasStartTime()) {
      throw Failure.invalid(field + ".start_time", "is required");
    }
    if (!interval.hasEndTime()) {
      throw Failure.invalid(field + ".end_time", "is required");
    }
    Instant start = instant(field + ".start_time", interval.getStartTime());
    Instant end = instant(field + ".end_time", interval.getEndTime());
    return at(field, () -> new TimeRange(start, end));
  }

  /** The message of an instant. */
  public static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /** The message of a duration. */
  public static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
