package io.tenure.segment.store;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.segment.domain.analysis.PeriodUnit;
import java.time.ZoneId;

/** The number of the calendar period an event falls into, as {@link PeriodUnit} numbers them. */
final class PeriodSql {

  private PeriodSql() {}

  static String period(SqlParameters parameters, PeriodUnit unit, ZoneId zone) {
    String date = "toDate(event_time, " + parameters.text(zone.getId()) + ")";
    return switch (unit) {
      case DAY -> "toInt32(" + date + ")";
      case WEEK ->
          "intDiv(toInt32(" + date + ") + " + PeriodUnit.DAYS_FROM_MONDAY_TO_EPOCH + ", 7)";
      case MONTH -> "toInt32(toYear(" + date + ") * 12 + toMonth(" + date + ") - 1)";
    };
  }
}
