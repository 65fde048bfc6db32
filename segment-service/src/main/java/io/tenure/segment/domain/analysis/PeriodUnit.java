package io.tenure.segment.domain.analysis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A unit of calendar time. Periods are numbered by local date, so a day that lasts 23 or 25 hours
 * is one period like any other.
 */
public enum PeriodUnit {
  /** Calendar day. */
  DAY {
    @Override
    int indexOf(LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    }

    @Override
    public LocalDate startOf(int index) {
      return LocalDate.ofEpochDay(index);
    }
  },
  /** Week, Monday to Sunday. */
  WEEK {
    @Override
    int indexOf(LocalDate date) {
      return Math.toIntExact(Math.floorDiv(date.toEpochDay() + DAYS_FROM_MONDAY_TO_EPOCH, 7L));
    }

    @Override
    public LocalDate startOf(int index) {
      return LocalDate.ofEpochDay(index * 7L - DAYS_FROM_MONDAY_TO_EPOCH);
    }
  },
  /** Calendar month. */
  MONTH {
    @Override
    int indexOf(LocalDate date) {
      return date.getYear() * 12 + date.getMonthValue() - 1;
    }

    @Override
    public LocalDate startOf(int index) {
      return LocalDate.of(Math.floorDiv(index, 12), Math.floorMod(index, 12) + 1, 1);
    }
  };

  /** 1970-01-01 was a Thursday. */
  public static final int DAYS_FROM_MONDAY_TO_EPOCH = 3;

  abstract int indexOf(LocalDate date);

  /** First local date of a period. */
  public abstract LocalDate startOf(int index);

  /** Number of the period an instant falls into. */
  public int indexOf(Instant time, ZoneId zone) {
    return indexOf(LocalDate.ofInstant(time, zone));
  }

  /** First instant of a period. */
  public Instant startOf(int index, ZoneId zone) {
    return startOf(index).atStartOfDay(zone).toInstant();
  }

  /** The same local time some periods earlier. */
  public Instant minus(Instant time, int periods, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    ZonedDateTime earlier =
        switch (this) {
          case DAY -> local.minusDays(periods);
          case WEEK -> local.minusWeeks(periods);
          case MONTH -> local.minusMonths(periods);
        };
    return earlier.toInstant();
  }

  /** Whether a period has ended. */
  public boolean hasEnded(int index, ZoneId zone, Instant now) {
    return !startOf(index + 1, zone).isAfter(now);
  }
}
