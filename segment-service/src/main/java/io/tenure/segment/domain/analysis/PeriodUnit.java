package io.tenure.segment.domain.analysis;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A unit of calendar time that every day belongs to. */
public enum PeriodUnit implements Periods {
  /**
   * Hour the clock shows. One it shows twice is a single period of two hours; of one it skips there
   * is nothing.
   */
  HOUR {
    @Override
    public int indexOf(LocalDateTime time) {
      return Math.toIntExact(time.toLocalDate().toEpochDay()) * HOURS + time.getHour();
    }

    @Override
    public LocalDateTime begin(int index) {
      return LocalDate.ofEpochDay(Math.floorDiv(index, HOURS))
          .atTime(Math.floorMod(index, HOURS), 0);
    }

    @Override
    public String label(int index) {
      return begin(index).toString();
    }
  },
  /** Calendar day. */
  DAY {
    @Override
    public int indexOf(LocalDateTime time) {
      return Math.toIntExact(time.toLocalDate().toEpochDay());
    }

    @Override
    public LocalDateTime begin(int index) {
      return LocalDate.ofEpochDay(index).atStartOfDay();
    }
  },
  /** Week, Monday to Sunday. */
  WEEK {
    @Override
    public int indexOf(LocalDateTime time) {
      return week(time, DAYS_FROM_MONDAY_TO_EPOCH);
    }

    @Override
    public LocalDateTime begin(int index) {
      return LocalDate.ofEpochDay(index * 7L - DAYS_FROM_MONDAY_TO_EPOCH).atStartOfDay();
    }
  },
  /** Week, Sunday to Saturday. */
  WEEK_FROM_SUNDAY {
    @Override
    public int indexOf(LocalDateTime time) {
      return week(time, DAYS_FROM_SUNDAY_TO_EPOCH);
    }

    @Override
    public LocalDateTime begin(int index) {
      return LocalDate.ofEpochDay(index * 7L - DAYS_FROM_SUNDAY_TO_EPOCH).atStartOfDay();
    }
  },
  /** Calendar month. */
  MONTH {
    @Override
    public int indexOf(LocalDateTime time) {
      return time.getYear() * 12 + time.getMonthValue() - 1;
    }

    @Override
    public LocalDateTime begin(int index) {
      return month(index);
    }
  },
  /** Quarter of a calendar year. */
  QUARTER {
    @Override
    public int indexOf(LocalDateTime time) {
      return time.getYear() * 4 + (time.getMonthValue() - 1) / 3;
    }

    @Override
    public LocalDateTime begin(int index) {
      return month(index * 3);
    }
  },
  /** Calendar year. */
  YEAR {
    @Override
    public int indexOf(LocalDateTime time) {
      return time.getYear();
    }

    @Override
    public LocalDateTime begin(int index) {
      return month(index * 12);
    }
  };

  /** 1970-01-01 was a Thursday. */
  public static final int DAYS_FROM_MONDAY_TO_EPOCH = 3;

  /** From the Sunday before it. */
  public static final int DAYS_FROM_SUNDAY_TO_EPOCH = 4;

  private static final int HOURS = 24;

  @Override
  public LocalDateTime end(int index) {
    return begin(index + 1);
  }

  @Override
  public String label(int index) {
    return startOf(index).toString();
  }

  @Override
  public int ofLabel(String label) {
    try {
      LocalDateTime time =
          this == HOUR
              ? LocalDateTime.parse(label)
              : LocalDateTime.of(LocalDate.parse(label), LocalTime.MIDNIGHT);
      int index = indexOf(time);
      return begin(index).equals(time) ? index : NONE;
    } catch (DateTimeException noTime) {
      return NONE;
    }
  }

  @Override
  public Instant minus(Instant time, int periods, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    ZonedDateTime earlier =
        switch (this) {
          case HOUR -> local.minusHours(periods);
          case DAY -> local.minusDays(periods);
          case WEEK, WEEK_FROM_SUNDAY -> local.minusWeeks(periods);
          case MONTH -> local.minusMonths(periods);
          case QUARTER -> local.minusMonths(periods * 3L);
          case YEAR -> local.minusYears(periods);
        };
    return earlier.toInstant();
  }

  private static int week(LocalDateTime time, int daysToEpoch) {
    return Math.toIntExact(Math.floorDiv(time.toLocalDate().toEpochDay() + daysToEpoch, 7L));
  }

  private static LocalDateTime month(int index) {
    return LocalDate.of(Math.floorDiv(index, 12), Math.floorMod(index, 12) + 1, 1).atStartOfDay();
  }
}
