package io.tenure.segment.domain.calendar;

import io.tenure.segment.domain.saved.Draft;
import io.tenure.segment.domain.saved.Heading;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which days are open. Markets and offices publish that year by year, so a calendar knows the
 * years it covers and answers for no other: a guessed holiday would move every number after it.
 *
 * @param source where the dates are from, for people
 * @param region what it holds for, for example CN; for people
 * @param zone whose days they are; null when any zone's
 * @param closedWeekdays weekdays on which it is closed
 * @param firstYear first year it covers
 * @param lastYear last year it covers
 * @param closedDates days that are closed although their weekday is open
 * @param openDates days that are open although their weekday is closed
 */
public record BusinessCalendar(
    String id,
    String displayName,
    String description,
    String source,
    String region,
    @Nullable ZoneId zone,
    Set<DayOfWeek> closedWeekdays,
    int firstYear,
    int lastYear,
    List<DateSpan> closedDates,
    List<DateSpan> openDates)
    implements Draft {

  /** Longest name of a calendar or of its days. */
  public static final int MAX_NAME = 200;

  private static final int MAX_TEXT = 2000;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2099;
  private static final int MAX_SPANS = 2000;

  /** Accepts years from 1970 to 2099, days inside them, and no day that is named twice. */
  public BusinessCalendar {
    new Heading(id, displayName, description);
    require(region.length() <= MAX_NAME, "The region has at most 200 characters");
    require(source.length() <= MAX_TEXT, "The source has at most 2000 characters");
    require(
        firstYear >= FIRST_YEAR && lastYear <= LAST_YEAR && firstYear <= lastYear,
        "The years run from first_year to last_year, 1970 to 2099");
    require(closedWeekdays.size() < DayOfWeek.values().length, "One weekday must be open");
    closedWeekdays =
        closedWeekdays.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(closedWeekdays));
    closedDates = List.copyOf(closedDates);
    openDates = List.copyOf(openDates);
    require(
        closedDates.size() <= MAX_SPANS && openDates.size() <= MAX_SPANS,
        "There are at most 2000 closed and 2000 open spans");
    Set<LocalDate> named = new HashSet<>();
    for (DateSpan span : closedDates) {
      requireDays(span, firstYear, lastYear, named);
    }
    for (DateSpan span : openDates) {
      requireDays(span, firstYear, lastYear, named);
      Set<DayOfWeek> closed = closedWeekdays;
      span.days()
          .filter(day -> !closed.contains(day.getDayOfWeek()))
          .forEach(
              day -> {
                throw new IllegalArgumentException(day + " is open anyway: " + day.getDayOfWeek());
              });
    }
  }

  @Override
  public Heading heading() {
    return new Heading(id, displayName, description);
  }

  /** The first day it covers. */
  public LocalDate firstDate() {
    return LocalDate.of(firstYear, 1, 1);
  }

  /** The last day it covers. */
  public LocalDate lastDate() {
    return LocalDate.of(lastYear, 12, 31);
  }

  private static void requireDays(DateSpan span, int first, int last, Set<LocalDate> named) {
    require(
        span.firstDate().getYear() >= first && span.lastDate().getYear() <= last,
        span.firstDate() + " lies outside of the covered years");
    span.days().forEach(day -> require(named.add(day), day + " is named twice"));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
