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
import io.tenure.segment.domain.analysis.ClosedDays;
import io.tenure.segment.domain.analysis.OpenDayPeriods;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Population;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionFilter;
import io.tenure.segment.domain.calendar.CalendarDefinition;
import io.tenure.segment.domain.calendar.OpenDays;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what all questions have in common. */
final class ScopeReader {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private ScopeReader() {}

  /**
   * @param calendars finds the calendar of an id
   */
  static Scope read(
      String path,
      io.tenure.proto.analysis.v1.Scope scope,
      Instant now,
      Function<String, Optional<CalendarDefinition>> calendars) {
    ZoneId zone = at(path + ".time_zone", () -> zone(scope.getTimeZone()));
    @Nullable OpenDayPeriods openDays = openDays(path, scope, calendars);
    if (openDays != null) {
      at(
          path + ".calendar",
          () -> {
            openDays.requireZone(zone);
            return openDays;
          });
    }
    TimeRange range = range(path, scope, zone, now, openDays);
    @Nullable Condition users =
        scope.hasUsers() ? ConditionReader.read(path + ".users", scope.getUsers()) : null;
    int sample = scope.getSamplePerMille() == 0 ? Population.ALL : scope.getSamplePerMille();
    @Nullable SessionFilter sessions =
        scope.hasSessions() ? SessionReader.read(path + ".sessions", scope.getSessions()) : null;
    @Nullable Instant receivedUntil =
        scope.hasReceivedUntil()
            ? Fields.instant(path + ".received_until", scope.getReceivedUntil())
            : null;
    at(
        path + ".sample_per_mille",
        () -> new Population(users, range.end(), sample, sessions, receivedUntil));
    return at(
        path + "." + field(scope),
        () -> new Scope(range, zone, users, sample, openDays, sessions, receivedUntil));
  }

  /** Reads a selector that cannot be left out. */
  static EventSelector required(
      String path, boolean given, io.tenure.proto.condition.v1.EventSelector selector) {
    if (!given) {
      throw Failure.invalid(path, "is required");
    }
    return ConditionReader.selector(path, selector);
  }

  /** Any periods; open days are those of the scope's calendar, which must cover its range. */
  static Periods periods(String path, TimeUnit unit, Scope scope) {
    Periods periods = periods(path, unit, scope.openDays());
    at(path, () -> scope.lastPeriod(periods) - scope.firstPeriod(periods));
    return periods;
  }

  private static Periods periods(String path, TimeUnit unit, @Nullable OpenDayPeriods openDays) {
    return switch (unit) {
      case TIME_UNIT_HOUR -> PeriodUnit.HOUR;
      case TIME_UNIT_UNSPECIFIED, TIME_UNIT_DAY -> PeriodUnit.DAY;
      case TIME_UNIT_WEEK -> PeriodUnit.WEEK;
      case TIME_UNIT_WEEK_FROM_SUNDAY -> PeriodUnit.WEEK_FROM_SUNDAY;
      case TIME_UNIT_MONTH -> PeriodUnit.MONTH;
      case TIME_UNIT_QUARTER -> PeriodUnit.QUARTER;
      case TIME_UNIT_YEAR -> PeriodUnit.YEAR;
      case TIME_UNIT_OPEN_DAY -> {
        if (openDays == null) {
          throw Failure.invalid(path, "needs the calendar of the scope");
        }
        yield openDays;
      }
      case UNRECOGNIZED -> throw Failure.invalid(path, "is none this version knows");
    };
  }

  /** The number of the period of a name: its first date, or date and time. */
  static int period(String path, String label, Periods periods) {
    int period = at(path, () -> periods.ofLabel(label));
    if (period == Periods.NONE) {
      throw Failure.invalid(path, "is not the first date of a period");
    }
    return period;
  }

  private static @Nullable OpenDayPeriods openDays(
      String path,
      io.tenure.proto.analysis.v1.Scope scope,
      Function<String, Optional<CalendarDefinition>> calendars) {
    if (scope.getCalendar().isEmpty()) {
      return null;
    }
    OpenDays days =
        calendars
            .apply(scope.getCalendar())
            .map(definition -> new OpenDays(definition.calendar()))
            .orElseThrow(() -> Failure.invalid(path + ".calendar", "does not exist"));
    return switch (scope.getClosedDays()) {
      case CLOSED_DAYS_UNSPECIFIED, CLOSED_DAYS_NEXT_OPEN_DAY ->
          new OpenDayPeriods(days, ClosedDays.NEXT_OPEN_DAY);
      case CLOSED_DAYS_LEFT_OUT -> new OpenDayPeriods(days, ClosedDays.LEFT_OUT);
      case UNRECOGNIZED ->
          throw Failure.invalid(path + ".closed_days", "is none this version knows");
    };
  }

  private static TimeRange range(
      String path,
      io.tenure.proto.analysis.v1.Scope scope,
      ZoneId zone,
      Instant now,
      @Nullable OpenDayPeriods openDays) {
    return switch (scope.getRangeCase()) {
      case INTERVAL -> Fields.range(path + ".interval", scope.getInterval());
      case LAST -> {
        Periods periods = periods(path + ".last.unit", scope.getLast().getUnit(), openDays);
        yield at(path + ".last", () -> last(path + ".last", scope.getLast(), zone, now, periods));
      }
      case RANGE_NOT_SET -> throw Failure.invalid(path + ".interval", "or last is required");
    };
  }

  private static TimeRange last(
      String path, LastPeriods last, ZoneId zone, Instant now, Periods periods) {
    if (last.getCount() < 1 || last.getCount() > 1000) {
      throw Failure.invalid(path + ".count", "must be 1 to 1000");
    }
    int current = periods.firstAfter(LocalDateTime.ofInstant(now, zone));
    int end = current + (last.getCurrent() ? 0 : -1);
    return new TimeRange(
        periods.startOf(end - last.getCount() + 1, zone), periods.endOf(end, zone));
  }

  private static String field(io.tenure.proto.analysis.v1.Scope scope) {
    return scope.hasLast() ? "last" : "interval";
  }

  /** Names of regions only: the store does not know offsets such as +08:00. */
  static ZoneId zone(String name) {
    if (name.isEmpty()) {
      return UTC;
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new IllegalArgumentException("is not an IANA time zone, for example Asia/Shanghai");
    }
    return ZoneId.of(name);
  }
}
