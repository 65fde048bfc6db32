package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import com.google.protobuf.Duration;
import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.FunnelBreakdown;
import io.tenure.proto.analysis.v1.FunnelExclusion;
import io.tenure.proto.analysis.v1.FunnelQuery;
import io.tenure.proto.analysis.v1.FunnelStepQuery;
import io.tenure.proto.analysis.v1.TimeUnit;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.funnel.Breakdown;
import io.tenure.segment.domain.funnel.Exclusion;
import io.tenure.segment.domain.funnel.FunnelCell;
import io.tenure.segment.domain.funnel.FunnelEntry;
import io.tenure.segment.domain.funnel.FunnelOrder;
import io.tenure.segment.domain.funnel.FunnelRules;
import io.tenure.segment.domain.funnel.FunnelSplit;
import io.tenure.segment.domain.funnel.FunnelWindow;
import io.tenure.segment.domain.funnel.StepRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Translates a funnel of the contract into the domain's. */
final class FunnelReader {

  private static final String STEPS = "query.funnel.steps";
  private static final String EXCLUSIONS = "query.funnel.exclusions";

  private static final String CELL = "cell.funnel";

  private static final int VALUES = 25;
  private static final int MAX_VALUES = 1_000;

  private FunnelReader() {}

  static io.tenure.segment.domain.funnel.FunnelQuery read(FunnelQuery query, Scope scope) {
    if (query.getStepsCount() < 2 || query.getStepsCount() > FunnelRules.MAX_STEPS) {
      throw Failure.invalid(
          STEPS,
          "A funnel has 2 to " + FunnelRules.MAX_STEPS + " steps, not " + query.getStepsCount());
    }
    List<EventSelector> steps =
        ConditionReader.selectors(
            STEPS, query.getStepsList().stream().map(FunnelReader::selector).toList());
    List<EventSelector> exclusions =
        IntStream.range(0, query.getExclusionsCount())
            .mapToObj(
                index ->
                    ConditionReader.selector(
                        EXCLUSIONS + "[" + index + "].selector",
                        query.getExclusions(index).getSelector()))
            .toList();
    FunnelRules rules = rules(query, scope);
    FunnelSplit split = split(query);
    return at(
        STEPS,
        () ->
            new io.tenure.segment.domain.funnel.FunnelQuery(
                scope, steps, exclusions, rules, split));
  }

  private static FunnelSplit split(FunnelQuery query) {
    @Nullable Breakdown breakdown = query.hasBreakdown() ? breakdown(query.getBreakdown()) : null;
    @Nullable PeriodUnit trend =
        query.getTrendUnit() == TimeUnit.TIME_UNIT_UNSPECIFIED
            ? null
            : ScopeReader.unit("query.funnel.trend_unit", query.getTrendUnit());
    return at(
        "query.funnel.held_properties",
        () -> new FunnelSplit(query.getHeldPropertiesList(), breakdown, trend));
  }

  private static Breakdown breakdown(FunnelBreakdown breakdown) {
    int step =
        switch (breakdown.getEventCase()) {
          case LAST_DONE -> Breakdown.LAST_DONE;
          case STEP -> breakdown.getStep();
          case EVENT_NOT_SET -> 0;
        };
    if (breakdown.getEventCase() == FunnelBreakdown.EventCase.STEP && step < 0) {
      throw Failure.invalid("query.funnel.breakdown.step", "must be 0 or more");
    }
    if (breakdown.getEventCase() == FunnelBreakdown.EventCase.LAST_DONE
        && !breakdown.getLastDone()) {
      throw Failure.invalid("query.funnel.breakdown.last_done", "must be true when given");
    }
    return at(
        "query.funnel.breakdown.property",
        () -> new Breakdown(new Column.Property(breakdown.getProperty()), step));
  }

  /** Most values of a breakdown to return. */
  static int limit(FunnelQuery query) {
    int limit = query.getBreakdown().getLimit();
    if (limit < 0 || limit > MAX_VALUES) {
      throw Failure.invalid(
          "query.funnel.breakdown.limit", "must be 1 to " + MAX_VALUES + ", or 0 for 25");
    }
    return limit == 0 ? VALUES : limit;
  }

  /** The number whose users are asked for. */
  static FunnelCell cell(
      io.tenure.proto.analysis.v1.FunnelCell cell,
      io.tenure.segment.domain.funnel.FunnelQuery query) {
    if (cell.getStep() < 0 || cell.getStep() >= query.steps().size()) {
      throw Failure.invalid(CELL + ".step", "must be 0 to " + (query.steps().size() - 1));
    }
    boolean apart = query.split().breakdown() != null;
    return switch (cell.getPartCase()) {
      case VALUE -> {
        require(apart, CELL + ".value", "needs a query with a breakdown");
        yield cell(cell, Optional.of(Journey.written(cell.getValue())), Optional.empty());
      }
      case WITHOUT_VALUE -> {
        require(
            apart && cell.getWithoutValue(),
            CELL + ".without_value",
            "must be true when given, and needs a query with a breakdown");
        yield cell(cell, Optional.of(Journey.written(null)), Optional.empty());
      }
      case START_DATE -> cell(cell, Optional.empty(), Optional.of(period(cell, query)));
      case PART_NOT_SET -> FunnelCell.of(cell.getStep(), cell.getLost());
    };
  }

  private static FunnelCell cell(
      io.tenure.proto.analysis.v1.FunnelCell cell,
      Optional<String> value,
      Optional<Integer> period) {
    return new FunnelCell(cell.getStep(), cell.getLost(), value, period);
  }

  private static int period(
      io.tenure.proto.analysis.v1.FunnelCell cell,
      io.tenure.segment.domain.funnel.FunnelQuery query) {
    @Nullable PeriodUnit unit = query.split().trend();
    if (unit == null) {
      throw Failure.invalid(CELL + ".start_date", "needs a query with a trend unit");
    }
    return ScopeReader.period(
        CELL + ".start_date", cell.getStartDate(), unit, query.scope().zone());
  }

  private static void require(boolean fulfilled, String field, String description) {
    if (!fulfilled) {
      throw Failure.invalid(field, description);
    }
  }

  private static FunnelRules rules(FunnelQuery query, Scope scope) {
    List<StepRule> steps = new ArrayList<>();
    for (int index = 0; index < query.getStepsCount(); index++) {
      steps.add(rule(STEPS + "[" + index + "]", query.getSteps(index)));
    }
    List<Exclusion> exclusions = new ArrayList<>();
    for (int index = 0; index < query.getExclusionsCount(); index++) {
      FunnelExclusion exclusion = query.getExclusions(index);
      exclusions.add(
          at(
              EXCLUSIONS + "[" + index + "]",
              () -> new Exclusion(exclusion.getAfterStep(), exclusion.getBeforeStep())));
    }
    FunnelOrder order = order(query);
    FunnelEntry entry = entry(query);
    FunnelWindow window = window(query, scope);
    return at(STEPS, () -> new FunnelRules(steps, order, entry, window, exclusions));
  }

  private static io.tenure.proto.condition.v1.EventSelector selector(FunnelStepQuery step) {
    return io.tenure.proto.condition.v1.EventSelector.newBuilder()
        .setName(step.getName())
        .addAllFilters(step.getFiltersList())
        .build();
  }

  private static StepRule rule(String path, FunnelStepQuery step) {
    java.time.Duration least =
        time(
            path + ".least_time",
            step.hasLeastTime(),
            step.getLeastTime(),
            java.time.Duration.ZERO);
    java.time.Duration most =
        time(path + ".most_time", step.hasMostTime(), step.getMostTime(), StepRule.EVER);
    return at(path + ".most_time", () -> new StepRule(step.getOptional(), least, most));
  }

  private static java.time.Duration time(
      String path, boolean given, Duration time, java.time.Duration otherwise) {
    return given ? Fields.duration(path, time) : otherwise;
  }

  private static FunnelWindow window(FunnelQuery query, Scope scope) {
    return switch (query.getLimitCase()) {
      case WINDOW -> {
        java.time.Duration length = Fields.duration("query.funnel.window", query.getWindow());
        yield at("query.funnel.window", () -> new FunnelWindow.Within(length));
      }
      case SAME_DAY -> {
        if (!query.getSameDay()) {
          throw Failure.invalid("query.funnel.same_day", "must be true when given");
        }
        yield new FunnelWindow.SameDay(scope.zone());
      }
      case LIMIT_NOT_SET -> throw Failure.invalid("query.funnel.window", "or same_day is required");
    };
  }

  private static FunnelOrder order(FunnelQuery query) {
    return switch (query.getOrder()) {
      case FUNNEL_ORDER_UNSPECIFIED, FUNNEL_ORDER_ORDERED -> FunnelOrder.ORDERED;
      case FUNNEL_ORDER_STRICT -> FunnelOrder.STRICT;
      case FUNNEL_ORDER_ANY -> FunnelOrder.ANY;
      case UNRECOGNIZED ->
          throw Failure.invalid("query.funnel.order", "is none this version knows");
    };
  }

  private static FunnelEntry entry(FunnelQuery query) {
    return switch (query.getEntry()) {
      case FUNNEL_ENTRY_UNSPECIFIED, FUNNEL_ENTRY_FURTHEST -> FunnelEntry.FURTHEST;
      case FUNNEL_ENTRY_FIRST -> FunnelEntry.FIRST;
      case FUNNEL_ENTRY_TOTALS -> FunnelEntry.TOTALS;
      case UNRECOGNIZED ->
          throw Failure.invalid("query.funnel.entry", "is none this version knows");
    };
  }
}
