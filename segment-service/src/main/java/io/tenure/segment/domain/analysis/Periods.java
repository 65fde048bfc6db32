package io.tenure.segment.domain.analysis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * How time is cut into periods with numbers, one after the other. Periods are numbered by local
 * time, so a day that lasts 23 or 25 hours is one period like any other.
 */
public sealed interface Periods permits PeriodUnit, OpenDayPeriods {

  /** In place of a number: the time belongs to no period. */
  int NONE = Integer.MIN_VALUE;

  /** Number of the period a local time falls into, or {@link #NONE}. */
  int indexOf(LocalDateTime time);

  /** Number of the first period that ends after a local time. */
  default int firstAfter(LocalDateTime time) {
    return indexOf(time);
  }

  /** Number of the last period that begins at a local time or before it. */
  default int lastAt(LocalDateTime time) {
    return indexOf(time);
  }

  /** First local time of a period. */
  LocalDateTime begin(int index);

  /** First local time after a period. */
  LocalDateTime end(int index);

  /** What a period is called: an ISO 8601 date, or a date and time for periods of a day's part. */
  String label(int index);

  /** Number of the period of a name; {@link #NONE} for the name of none. */
  int ofLabel(String label);

  /** Number of the period an instant falls into, or {@link #NONE}. */
  default int indexOf(Instant time, ZoneId zone) {
    return indexOf(LocalDateTime.ofInstant(time, zone));
  }

  /** First local date of a period. */
  default LocalDate startOf(int index) {
    return begin(index).toLocalDate();
  }

  /** First instant of a period. */
  default Instant startOf(int index, ZoneId zone) {
    return instant(begin(index), zone);
  }

  /** First instant after a period. */
  default Instant endOf(int index, ZoneId zone) {
    return instant(end(index), zone);
  }

  /** Whether a period has ended. */
  default boolean hasEnded(int index, ZoneId zone, Instant now) {
    return !endOf(index, zone).isAfter(now);
  }

  /** The same local time some periods earlier. */
  Instant minus(Instant time, int periods, ZoneId zone);

  private static Instant instant(LocalDateTime time, ZoneId zone) {
    return time.atZone(zone).toInstant();
  }
}
