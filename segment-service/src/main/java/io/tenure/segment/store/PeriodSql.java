package io.tenure.segment.store;

import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.segment.domain.analysis.ClosedDays;
import io.tenure.segment.domain.analysis.OpenDayPeriods;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.calendar.OpenDays;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The number of the calendar period an event falls into, as {@link Periods} numbers them; {@link
 * Periods#NONE} where it falls into none.
 */
final class PeriodSql {

  private PeriodSql() {}

  /**
   * @param range where the events lie: of a calendar only its days are sent
   */
  static String period(SqlParameters parameters, Periods periods, ZoneId zone, TimeRange range) {
    return switch (periods) {
      case PeriodUnit unit -> period(parameters, unit, zone);
      case OpenDayPeriods open -> openDay(parameters, open, zone, range);
    };
  }

  static String period(SqlParameters parameters, PeriodUnit unit, ZoneId zone) {
    String zoneName = parameters.text(zone.getId());
    String date = "toDate(event_time, " + zoneName + ")";
    return switch (unit) {
      case HOUR -> "toInt32(toInt32(" + date + ") * 24 + toHour(event_time, " + zoneName + "))";
      case DAY -> "toInt32(" + date + ")";
      case WEEK -> week(date, PeriodUnit.DAYS_FROM_MONDAY_TO_EPOCH);
      case WEEK_FROM_SUNDAY -> week(date, PeriodUnit.DAYS_FROM_SUNDAY_TO_EPOCH);
      case MONTH -> "toInt32(toYear(" + date + ") * 12 + toMonth(" + date + ") - 1)";
      case QUARTER -> "toInt32(toYear(" + date + ") * 4 + toQuarter(" + date + ") - 1)";
      case YEAR -> "toInt32(toYear(" + date + "))";
    };
  }

  private static String week(String date, int daysToEpoch) {
    return "intDiv(toInt32(" + date + ") + " + daysToEpoch + ", 7)";
  }

  /**
   * A look-up by the day's place in an array: how many open days lie before it. The next day has
   * more where a day is open, which tells closed days without a second array.
   */
  private static String openDay(
      SqlParameters parameters, OpenDayPeriods periods, ZoneId zone, TimeRange range) {
    OpenDays days = periods.days();
    LocalDate first = LocalDate.ofInstant(range.start(), zone);
    LocalDate last = LocalDate.ofInstant(range.end().minusMillis(1), zone);
    String numbers = parameters.keep("Array(Int32)", days.numbers(first, last));
    String place =
        "toInt32(toDate(event_time, %s)) - %s + "
            .formatted(parameters.text(zone.getId()), parameters.number(first.toEpochDay()));
    String number = "arrayElement(" + numbers + ", " + place + "1)";
    return periods.closed() == ClosedDays.NEXT_OPEN_DAY
        ? number
        : "if(%1$s = arrayElement(%2$s, %3$s2), %4$s, %1$s)"
            .formatted(number, numbers, place, parameters.keep("Int32", Periods.NONE));
  }
}
