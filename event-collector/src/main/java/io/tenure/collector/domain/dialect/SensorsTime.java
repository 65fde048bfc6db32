package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When a Sensors record happened.
 *
 * @param original as the device says
 * @param corrected by what the device's clock said when it sent the record
 */
record SensorsTime(Instant original, Instant corrected) {

  static SensorsTime of(Draft draft, Fields fields) throws Unacceptable {
    Instant time =
        millis(fields, "time")
            .orElseThrow(
                () ->
                    new Unacceptable(
                        QuarantineReason.TIME_INVALID, "'time' must be milliseconds since 1970"));
    if (isFree(draft.fields())) {
      return new SensorsTime(time, time);
    }
    // An encrypted envelope says it once for all its records.
    Optional<Instant> sent =
        millis(fields, "_flush_time").or(() -> millis(new Fields(draft.shared()), "flush_time"));
    return new SensorsTime(
        time, sent.map(flush -> ClockSkew.corrected(draft.arrival(), time, flush)).orElse(time));
  }

  /** Whether the sender says that the time is right, however old it is. */
  static boolean isFree(Map<String, Object> record) {
    Fields fields = new Fields(record);
    return fields.has("time_free") || fields.lenientObject("properties").has("$time_free");
  }

  private static Optional<Instant> millis(Fields fields, String name) {
    try {
      return switch (fields.values().get(name)) {
        case Long millis -> Optional.of(Instant.ofEpochMilli(millis));
        case BigDecimal millis -> Optional.of(Instant.ofEpochMilli(millis.longValueExact()));
        case BigInteger millis -> Optional.of(Instant.ofEpochMilli(millis.longValueExact()));
        case String millis -> Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)));
        case null, default -> Optional.empty();
      };
    } catch (ArithmeticException | NumberFormatException notMillis) {
      return Optional.empty();
    }
  }
}
