package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import com.google.protobuf.Duration;
import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.FunnelExclusion;
import io.tenure.proto.analysis.v1.FunnelQuery;
import io.tenure.proto.analysis.v1.FunnelStepQuery;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.funnel.Exclusion;
import io.tenure.segment.domain.funnel.FunnelEntry;
import io.tenure.segment.domain.funnel.FunnelOrder;
import io.tenure.segment.domain.funnel.FunnelRules;
import io.tenure.segment.domain.funnel.FunnelSplit;
import io.tenure.segment.domain.funnel.FunnelWindow;
import io.tenure.segment.domain.funnel.StepRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Translates a funnel of the contract into the domain's. */
final class FunnelReader {

  private static final String STEPS = "query.funnel.steps";
  private static final String EXCLUSIONS = "query.funnel.exclusions";

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
    FunnelSplit split = FunnelSplitReader.read(query, scope);
    return at(
        STEPS,
        () ->
            new io.tenure.segment.domain.funnel.FunnelQuery(
                scope, steps, firstTime(query), exclusions, rules, split));
  }

  private static int firstTime(FunnelQuery query) {
    return IntStream.range(0, query.getStepsCount())
        .filter(step -> query.getSteps(step).getFirstTime())
        .map(step -> 1 << step)
        .sum();
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
      case SESSION ->
          new FunnelWindow.Session(SessionReader.read("query.funnel.session", query.getSession()));
      case LIMIT_NOT_SET ->
          throw Failure.invalid("query.funnel.window", "or same_day or session is required");
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
      case FUNNEL_ENTRY_SESSIONS -> FunnelEntry.SESSIONS;
      case UNRECOGNIZED ->
          throw Failure.invalid("query.funnel.entry", "is none this version knows");
    };
  }
}
