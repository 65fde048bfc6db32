package io.tenure.segment.domain.analysis;

import io.tenure.segment.domain.calendar.OpenDays;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * One period for each open day of a calendar. The Monday after a Friday is the next period, so a
 * user who trades each trading day comes back each day.
 *
 * <p>Whatever lies beyond the years the calendar covers ends with an {@link
 * IllegalArgumentException} that says so.
 *
 * @param days the open days
 * @param closed what becomes of the closed days between them
 */
public record OpenDayPeriods(OpenDays days, ClosedDays closed) implements Periods {

  @Override
  public int indexOf(LocalDateTime time) {
    LocalDate date = time.toLocalDate();
    if (closed == ClosedDays.LEFT_OUT && !days.isOpen(date)) {
      return NONE;
    }
    return days.next(date);
  }

  @Override
  public int firstAfter(LocalDateTime time) {
    return days.next(time.toLocalDate());
  }

  @Override
  public int lastAt(LocalDateTime time) {
    LocalDate date = time.toLocalDate();
    boolean started = closed == ClosedDays.NEXT_OPEN_DAY || days.isOpen(date);
    return started ? days.next(date) : days.before(date) - 1;
  }

  @Override
  public LocalDateTime begin(int index) {
    LocalDate first =
        closed == ClosedDays.LEFT_OUT
            ? days.date(index)
            : index == 0 ? days.calendar().firstDate() : days.date(index - 1).plusDays(1);
    return first.atStartOfDay();
  }

  @Override
  public LocalDateTime end(int index) {
    return days.date(index).plusDays(1).atStartOfDay();
  }

  /** The open day, also where the period begins with closed days. */
  @Override
  public String label(int index) {
    return days.date(index).toString();
  }

  @Override
  public int ofLabel(String label) {
    try {
      LocalDate date = LocalDate.parse(label);
      return days.isOpen(date) ? days.before(date) : NONE;
    } catch (DateTimeException noDate) {
      return NONE;
    }
  }

  /** Of an open day the same time of another; of a closed one the begin of the period it is in. */
  @Override
  public Instant minus(Instant time, int periods, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    int earlier = firstAfter(local) - periods;
    LocalDateTime moved =
        days.isOpen(local.toLocalDate())
            ? days.date(earlier).atTime(local.toLocalTime())
            : begin(earlier);
    return moved.atZone(zone).toInstant();
  }

  /** Accepts a zone whose clocks go like those of the calendar's. */
  public void requireZone(ZoneId zone) {
    ZoneId own = days.calendar().zone();
    if (own != null && !own.getRules().equals(zone.getRules())) {
      throw new IllegalArgumentException(
          "The days of the calendar '%s' are those of %s".formatted(days.calendar().id(), own));
    }
  }
}
