package io.tenure.profile.domain.habit;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * One date in every month.
 *
 * @param day 1 to 31; a shorter month takes its last day, so 31 means the end of the month
 * @param shift where the date goes when banks are closed
 */
public record MonthlyRule(int day, Shift shift) {

  /** Highest day of a month; as a rule it means the last one. */
  public static final int MONTH_END = 31;

  /** Where a date goes when banks are closed. */
  public enum Shift {
    /** It stays. */
    NONE,
    /** To the open day before. */
    PREVIOUS,
    /** To the open day after. */
    NEXT
  }

  /** Rejects a day no month has. */
  public MonthlyRule {
    if (day < 1 || day > MONTH_END) {
      throw new IllegalArgumentException("A day of a month is between 1 and 31");
    }
  }

  /** The date that belongs to a month; a shift may move it into a neighbour. */
  public LocalDate in(YearMonth month, BusinessDays days) {
    LocalDate date = month.atDay(Math.min(day, month.lengthOfMonth()));
    return switch (shift) {
      case NONE -> date;
      case PREVIOUS -> days.open(date, -1);
      case NEXT -> days.open(date, 1);
    };
  }

  /** The first such date that is not before a day. */
  public LocalDate next(LocalDate from, BusinessDays days) {
    YearMonth month = YearMonth.from(from).minusMonths(2);
    LocalDate date = in(month, days);
    while (date.isBefore(from)) {
      month = month.plusMonths(1);
      date = in(month, days);
    }
    return date;
  }
}
