package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.TimeUnit;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.funnel.FunnelQuery;
import io.tenure.segment.domain.retention.RetentionQuery;
import io.tenure.segment.domain.trend.TrendQuery;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Translates the queries of the contract into the domain's. */
final class AnalysisReader {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private AnalysisReader() {}

  static FunnelQuery funnel(io.tenure.proto.analysis.v1.FunnelQuery query) {
    return FunnelReader.read(query, scope("query.scope", query.getScope()));
  }

  static RetentionQuery retention(io.tenure.proto.analysis.v1.RetentionQuery query) {
    Scope scope = scope("query.scope", query.getScope());
    EventSelector start = required("query.start", query.hasStart(), query.getStart());
    EventSelector comeback = required("query.return", query.hasReturn(), query.getReturn());
    PeriodUnit unit = unit("query.unit", query.getUnit());
    return at(
        "query.periods",
        () -> new RetentionQuery(scope, start, comeback, unit, query.getPeriods()));
  }

  static TrendQuery trend(io.tenure.proto.analysis.v1.TrendQuery query) {
    Scope scope = scope("query.scope", query.getScope());
    EventSelector selector = required("query.selector", query.hasSelector(), query.getSelector());
    return new TrendQuery(scope, selector, unit("query.unit", query.getUnit()));
  }

  private static Scope scope(String path, io.tenure.proto.analysis.v1.Scope scope) {
    TimeRange range = Fields.range(path + ".interval", scope.getInterval());
    ZoneId zone = at(path + ".time_zone", () -> zone(scope.getTimeZone()));
    @Nullable Condition users =
        scope.hasUsers() ? ConditionReader.read(path + ".users", scope.getUsers()) : null;
    return at(path + ".interval", () -> new Scope(range, zone, users));
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

  private static EventSelector required(
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
}
