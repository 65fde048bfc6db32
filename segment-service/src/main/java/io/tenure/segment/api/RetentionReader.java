package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.RetentionBracket;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Cohorting;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.retention.Bracket;
import io.tenure.segment.domain.retention.RetentionCell;
import io.tenure.segment.domain.retention.RetentionQuery;
import io.tenure.segment.domain.retention.ReturnRule;
import io.tenure.segment.domain.tally.ValueChoice;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads questions about retention. */
final class RetentionReader {

  private static final String QUERY = "query.retention";
  private static final String CELL = "cell.retention";

  private RetentionReader() {}

  static RetentionQuery question(io.tenure.proto.analysis.v1.RetentionQuery asked, Scope scope) {
    EventSelector start =
        ScopeReader.required(QUERY + ".start", asked.hasStart(), asked.getStart());
    EventSelector comeback =
        ScopeReader.required(QUERY + ".return", asked.hasReturn(), asked.getReturn());
    Periods unit = ScopeReader.periods(QUERY + ".unit", asked.getUnit(), scope);
    Cohorting cohorting =
        CohortReader.cohorting(QUERY + ".cohorting", asked.getCohorting(), Cohorting.EVERY_PERIOD);
    @Nullable String amount =
        CohortReader.property(QUERY + ".amount_property", asked.getAmountProperty());
    @Nullable String held =
        CohortReader.property(QUERY + ".held_property", asked.getHeldProperty());
    @Nullable StartValues values =
        CohortReader.values(QUERY + ".breakdown", asked.hasBreakdown(), asked.getBreakdown());
    int periods = asked.getPeriods();
    if (periods < 1) {
      throw Failure.invalid(QUERY + ".periods", "must be 1 to 400");
    }
    int least = asked.getLeastEvents() == 0 ? 1 : asked.getLeastEvents();
    CohortQuery cohorts =
        at(
            QUERY + ".periods",
            () ->
                new CohortQuery(
                    scope,
                    start,
                    comeback,
                    unit,
                    periods,
                    cohorting,
                    asked.getRolling(),
                    amount,
                    held,
                    values,
                    least > 1));
    List<Bracket> columns = columns(asked);
    return at(QUERY + ".brackets", () -> new RetentionQuery(cohorts, rule(asked), columns, least));
  }

  static RetentionCell cell(
      io.tenure.proto.analysis.v1.RetentionCell cell, RetentionQuery question) {
    CohortQuery cohorts = question.cohorts();
    int cohort =
        ScopeReader.period(CELL + ".start_date", cell.getStartDate(), cohorts.unit())
            - cohorts.firstCohort();
    if (cohort < 0 || cohort >= cohorts.cohorts()) {
      throw Failure.invalid(CELL + ".start_date", "lies outside of the range");
    }
    if (cell.getPeriod() < 0 || cell.getPeriod() > question.columns().size()) {
      throw Failure.invalid(CELL + ".period", "must be 0 to " + question.columns().size());
    }
    return new RetentionCell(cohort, cell.getPeriod(), cell.getLost(), part(cell, cohorts));
  }

  private static ValueChoice part(
      io.tenure.proto.analysis.v1.RetentionCell cell, CohortQuery cohorts) {
    return switch (cell.getPartCase()) {
      case VALUE ->
          CohortReader.choice(
              CELL + ".value", cohorts.values(), true, CohortReader.value(cell.getValue()));
      case WITHOUT_VALUE ->
          CohortReader.choice(
              CELL + ".without_value",
              cohorts.values(),
              cell.getWithoutValue(),
              CohortReader.value(null));
      case OTHERS ->
          CohortReader.choice(
              CELL + ".others", cohorts.values(), cell.getOthers(), ValueChoice.OTHER);
      case PART_NOT_SET -> ValueChoice.ALL;
    };
  }

  private static List<Bracket> columns(io.tenure.proto.analysis.v1.RetentionQuery asked) {
    if (asked.getBracketsCount() == 0) {
      return RetentionQuery.each(asked.getPeriods());
    }
    return IntStream.range(0, asked.getBracketsCount())
        .mapToObj(
            index -> {
              RetentionBracket bracket = asked.getBrackets(index);
              int last = bracket.getLast() == 0 ? bracket.getFirst() : bracket.getLast();
              return at(
                  QUERY + ".brackets[" + index + "]", () -> new Bracket(bracket.getFirst(), last));
            })
        .toList();
  }

  private static ReturnRule rule(io.tenure.proto.analysis.v1.RetentionQuery asked) {
    return switch (asked.getRule()) {
      case RETENTION_RULE_UNSPECIFIED, RETENTION_RULE_ON -> ReturnRule.ON;
      case RETENTION_RULE_ON_OR_AFTER -> ReturnRule.ON_OR_AFTER;
      case RETENTION_RULE_ON_OR_BEFORE -> ReturnRule.ON_OR_BEFORE;
      case RETENTION_RULE_STREAK -> ReturnRule.STREAK;
      case RETENTION_RULE_LAST_SEEN -> ReturnRule.LAST_SEEN;
      case UNRECOGNIZED -> throw Failure.invalid(QUERY + ".rule", "is none this version knows");
    };
  }
}
