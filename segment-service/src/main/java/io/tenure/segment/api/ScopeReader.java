package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.LastPeriods;
import io.tenure.proto.analysis.v1.TimeUnit;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Population;
import io.tenure.segment.domain.analysis.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads what all questions have in common. */
final class ScopeReader {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private ScopeReader() {}

  static Scope read(String path, io.tenure.proto.analysis.v1.Scope scope, Instant now) {
    ZoneId zone = at(path + ".time_zone", () -> zone(scope.getTimeZone()));
    TimeRange range = range(path, scope, zone, now);
    @Nullable Condition users =
        scope.hasUsers() ? ConditionReader.read(path + ".users", scope.getUsers()) : null;
    int sample = scope.getSamplePerMille() == 0 ? Population.ALL : scope.getSamplePerMille();
    at(path + ".sample_per_mille", () -> new Population(users, range.end(), sample));
    return at(path + "." + field(scope), () -> new Scope(range, zone, users, sample));
  }

  /** Reads a selector that cannot be left out. */
  static EventSelector required(
      String path, boolean given, io.tenure.proto.condition.v1.EventSelector selector) {
    if (!given) {
      throw Failure.invalid(path, "is required");
    }
    return ConditionReader.selector(path, selector);
  }

  static PeriodUnit unit(String path, TimeUnit unit) {
    return switch (unit) {
      case TIME_UNIT_UNSPECIFIED, TIME_UNIT_DAY -> PeriodUnit.DAY;
      case TIME_UNIT_WEEK -> PeriodUnit.WEEK;
      case TIME_UNIT_MONTH -> PeriodUnit.MONTH;
      case UNRECOGNIZED -> throw Failure.invalid(path, "is none this version knows");
    };
  }

  /** The number of the period that begins on a date; other dates of it are refused. */
  static int period(String path, String date, PeriodUnit unit, ZoneId zone) {
    LocalDate start = at(path, () -> LocalDate.parse(date));
    int period = unit.indexOf(start.atStartOfDay(zone).toInstant(), zone);
    if (!unit.startOf(period).equals(start)) {
      throw Failure.invalid(path, "is not the first date of a period");
    }
    return period;
  }

  private static TimeRange range(
      String path, io.tenure.proto.analysis.v1.Scope scope, ZoneId zone, Instant now) {
    return switch (scope.getRangeCase()) {
      case INTERVAL -> Fields.range(path + ".interval", scope.getInterval());
      case LAST -> last(path + ".last", scope.getLast(), zone, now);
      case RANGE_NOT_SET -> throw Failure.invalid(path + ".interval", "or last is required");
    };
  }

  private static TimeRange last(String path, LastPeriods last, ZoneId zone, Instant now) {
    if (last.getCount() < 1 || last.getCount() > 1000) {
      throw Failure.invalid(path + ".count", "must be 1 to 1000");
    }
    PeriodUnit unit = unit(path + ".unit", last.getUnit());
    int end = unit.indexOf(now, zone) + (last.getCurrent() ? 1 : 0);
    return new TimeRange(unit.startOf(end - last.getCount(), zone), unit.startOf(end, zone));
  }

  private static String field(io.tenure.proto.analysis.v1.Scope scope) {
    return scope.hasLast() ? "last" : "interval";
  }

  /** Names of regions only: the store does not know offsets such as +08:00. */
  private static ZoneId zone(String name) {
    if (name.isEmpty()) {
      return UTC;
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new IllegalArgumentException("is not an IANA time zone, for example Asia/Shanghai");
    }
    return ZoneId.of(name);
  }
}
