package io.tenure.segment.domain.calendar;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The open days of a calendar, numbered from 0 one after the other whatever lies between them: the
 * Monday after a Friday has the next number.
 */
public final class OpenDays {

  private final BusinessCalendar calendar;
  private final long firstDay;

  /** For each covered day, and the day after the last one, how many open days lie before it. */
  private final int[] before;

  private final int[] open;

  /** The open days of a calendar. */
  public OpenDays(BusinessCalendar calendar) {
    this.calendar = calendar;
    this.firstDay = calendar.firstDate().toEpochDay();
    int length = Math.toIntExact(calendar.lastDate().toEpochDay() - firstDay) + 1;
    BitSet isOpen = new BitSet(length);
    for (int day = 0; day < length; day++) {
      LocalDate date = LocalDate.ofEpochDay(firstDay + day);
      isOpen.set(day, !calendar.closedWeekdays().contains(date.getDayOfWeek()));
    }
    mark(isOpen, calendar.closedDates(), false);
    mark(isOpen, calendar.openDates(), true);
    this.open = isOpen.stream().toArray();
    this.before = new int[length + 1];
    for (int day = 0; day < length; day++) {
      before[day + 1] = before[day] + (isOpen.get(day) ? 1 : 0);
    }
  }

  /** The calendar they are from. */
  public BusinessCalendar calendar() {
    return calendar;
  }

  /** Whether a day is open. */
  public boolean isOpen(LocalDate date) {
    int day = day(date);
    return before[day + 1] > before[day];
  }

  /** How many open days lie before a day. */
  public int before(LocalDate date) {
    return before[day(date)];
  }

  /** Number of a day when it is open, else of the next open day, which must be covered too. */
  public int next(LocalDate date) {
    int number = before(date);
    if (number == open.length) {
      throw uncovered();
    }
    return number;
  }

  /** The open day of a number. */
  public LocalDate date(int number) {
    if (number < 0 || number >= open.length) {
      throw uncovered();
    }
    return LocalDate.ofEpochDay(firstDay + open[number]);
  }

  /** {@link #before} of every day from one to another, and of the day after that. */
  public List<Integer> numbers(LocalDate first, LocalDate last) {
    return IntStream.rangeClosed(day(first), day(last) + 1).mapToObj(day -> before[day]).toList();
  }

  private int day(LocalDate date) {
    long day = date.toEpochDay() - firstDay;
    if (day < 0 || day >= before.length - 1) {
      throw uncovered();
    }
    return (int) day;
  }

  private IllegalArgumentException uncovered() {
    return new IllegalArgumentException(
        "The calendar '%s' covers %d to %d; the query reaches beyond"
            .formatted(calendar.id(), calendar.firstYear(), calendar.lastYear()));
  }

  private void mark(BitSet isOpen, List<DateSpan> spans, boolean value) {
    spans.stream()
        .flatMap(DateSpan::days)
        .forEach(date -> isOpen.set((int) (date.toEpochDay() - firstDay), value));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpenDays days && days.calendar.equals(calendar);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new Object[] {calendar.id(), calendar.firstYear(), open.length});
  }

  @Override
  public String toString() {
    return calendar.id();
  }
}
