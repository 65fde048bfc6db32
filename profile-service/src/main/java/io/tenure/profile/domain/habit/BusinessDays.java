package io.tenure.profile.domain.habit;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * The days on which banks move money: all but weekends and holidays, and the weekends that some
 * countries work to make up for a holiday.
 *
 * @param holidays closed days beside weekends; naming a weekend day does no harm
 * @param workingWeekends Saturdays and Sundays that are open all the same
 */
public record BusinessDays(Set<LocalDate> holidays, Set<LocalDate> workingWeekends) {

  /** Closed on weekends only. */
  public static final BusinessDays WEEKENDS_OFF = new BusinessDays(Set.of(), Set.of());

  /** More closed days in a row than any calendar has; beyond, the calendar is nonsense. */
  private static final int LONGEST_CLOSURE = 31;

  /** Keeps its own copies. */
  public BusinessDays {
    holidays = Set.copyOf(holidays);
    workingWeekends = Set.copyOf(workingWeekends);
  }

  /** Whether banks work on a day. */
  public boolean isOpen(LocalDate date) {
    if (holidays.contains(date)) {
      return false;
    }
    DayOfWeek day = date.getDayOfWeek();
    boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    return !weekend || workingWeekends.contains(date);
  }

  /** The day itself, or the nearest open day in one direction. */
  LocalDate open(LocalDate date, int step) {
    LocalDate day = date;
    for (int i = 0; i < LONGEST_CLOSURE && !isOpen(day); i++) {
      day = day.plusDays(step);
    }
    return day;
  }

  /** How many days of a stretch are closed; the end is not part of it. */
  long closedDays(LocalDate start, LocalDate end) {
    return start.datesUntil(end).filter(day -> !isOpen(day)).count();
  }
}
