package io.tenure.segment.domain.calendar;

import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * Days of a calendar that differ from what their weekdays say.
 *
 * @param firstDate the first day
 * @param lastDate the last day, included, as holidays are announced
 * @param name why, for people; may be empty
 */
public record DateSpan(LocalDate firstDate, LocalDate lastDate, String name) {

  private static final int MOST_DAYS = 366;

  /** Accepts 1 to 366 days. */
  public DateSpan {
    if (lastDate.isBefore(firstDate)) {
      throw new IllegalArgumentException("The last date lies before the first");
    }
    if (firstDate.plusDays(MOST_DAYS).compareTo(lastDate) <= 0) {
      throw new IllegalArgumentException("A span has at most " + MOST_DAYS + " days");
    }
    if (name.length() > BusinessCalendar.MAX_NAME) {
      throw new IllegalArgumentException(
          "The name has at most " + BusinessCalendar.MAX_NAME + " characters");
    }
  }

  /** The days, the first one first. */
  public Stream<LocalDate> days() {
    return firstDate.datesUntil(lastDate.plusDays(1));
  }
}
