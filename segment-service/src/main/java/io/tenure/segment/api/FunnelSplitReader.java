package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.FunnelBreakdown;
import io.tenure.proto.analysis.v1.FunnelFactorQuery;
import io.tenure.proto.analysis.v1.FunnelQuery;
import io.tenure.proto.analysis.v1.TimeUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.funnel.Breakdown;
import io.tenure.segment.domain.funnel.Factors;
import io.tenure.segment.domain.funnel.FunnelSplit;
import io.tenure.segment.domain.journey.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates what else a funnel is asked. */
final class FunnelSplitReader {

  private static final String BREAKDOWN = "query.funnel.breakdown";
  private static final String FACTORS = "query.funnel.factors";
  private static final int VALUES = 25;
  private static final int FACTOR_LIMIT = 20;

  private FunnelSplitReader() {}

  static FunnelSplit read(FunnelQuery query, Scope scope) {
    FunnelSplit split =
        at("query.funnel.held_properties", () -> FunnelSplit.held(query.getHeldPropertiesList()));
    @Nullable Breakdown breakdown = query.hasBreakdown() ? breakdown(query.getBreakdown()) : null;
    @Nullable Periods trend =
        query.getTrendUnit() == TimeUnit.TIME_UNIT_UNSPECIFIED
            ? null
            : ScopeReader.periods("query.funnel.trend_unit", query.getTrendUnit(), scope);
    @Nullable Factors factors = query.hasFactors() ? factors(query.getFactors()) : null;
    return at(
        "query.funnel.next_events",
        () -> new FunnelSplit(split.held(), breakdown, trend, query.getNextEvents(), factors));
  }

  private static Breakdown breakdown(FunnelBreakdown breakdown) {
    int step =
        switch (breakdown.getEventCase()) {
          case LAST_DONE -> Breakdown.LAST_DONE;
          case STEP -> breakdown.getStep();
          case EVENT_NOT_SET -> 0;
        };
    if (breakdown.getEventCase() == FunnelBreakdown.EventCase.STEP && step < 0) {
      throw Failure.invalid(BREAKDOWN + ".step", "must be 0 or more");
    }
    if (breakdown.getEventCase() == FunnelBreakdown.EventCase.LAST_DONE
        && !breakdown.getLastDone()) {
      throw Failure.invalid(BREAKDOWN + ".last_done", "must be true when given");
    }
    Column column =
        switch (breakdown.getByCase()) {
          case PROPERTY ->
              at(BREAKDOWN + ".property", () -> new Column.Property(breakdown.getProperty()));
          case TRAIT -> at(BREAKDOWN + ".trait", () -> new Column.Trait(breakdown.getTrait()));
          case BY_NOT_SET -> throw Failure.invalid(BREAKDOWN + ".property", "or trait is required");
        };
    int limit = breakdown.getLimit() == 0 ? VALUES : breakdown.getLimit();
    return at(BREAKDOWN + ".limit", () -> new Breakdown(column, step, limit));
  }

  private static Factors factors(FunnelFactorQuery query) {
    List<Column> columns = new ArrayList<>();
    for (String property : query.getPropertiesList()) {
      columns.add(at(FACTORS + ".properties", () -> new Column.Property(property)));
    }
    for (String trait : query.getTraitsList()) {
      columns.add(at(FACTORS + ".traits", () -> new Column.Trait(trait)));
    }
    int limit = query.getLimit() == 0 ? FACTOR_LIMIT : query.getLimit();
    return at(FACTORS, () -> new Factors(query.getEvents(), columns, limit));
  }
}
