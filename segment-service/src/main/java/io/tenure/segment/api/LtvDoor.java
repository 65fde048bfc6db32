package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Cohorting;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.ltv.Ltv;
import io.tenure.segment.domain.ltv.LtvCell;
import io.tenure.segment.domain.ltv.LtvQuery;
import io.tenure.segment.domain.ltv.Ltvs;
import io.tenure.segment.domain.tally.ValueChoice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to lifetime values. */
@Component
public final class LtvDoor implements ModelDoor<LtvQuery, Ltv, LtvCell> {

  private static final String QUERY = "query.ltv";
  private static final String CELL = "cell.ltv";

  private final Ltvs ltvs;

  /** A door to the given values. */
  public LtvDoor(Ltvs ltvs) {
    this.ltvs = ltvs;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.LTV;
  }

  @Override
  public Ltvs model() {
    return ltvs;
  }

  @Override
  public LtvQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getLtv();
    EventSelector start =
        ScopeReader.required(QUERY + ".start", asked.hasStart(), asked.getStart());
    EventSelector value =
        ScopeReader.required(QUERY + ".value", asked.hasValue(), asked.getValue());
    @Nullable String amount =
        CohortReader.property(QUERY + ".amount_property", asked.getAmountProperty());
    if (amount == null) {
      throw Failure.invalid(QUERY + ".amount_property", "is required");
    }
    Periods unit = ScopeReader.periods(QUERY + ".unit", asked.getUnit(), scope);
    Cohorting cohorting =
        CohortReader.cohorting(QUERY + ".cohorting", asked.getCohorting(), Cohorting.FIRST_EVER);
    @Nullable StartValues values =
        CohortReader.values(QUERY + ".breakdown", asked.hasBreakdown(), asked.getBreakdown());
    CohortQuery cohorts =
        at(
            QUERY + ".periods",
            () ->
                new CohortQuery(
                    scope,
                    start,
                    value,
                    unit,
                    asked.getPeriods(),
                    cohorting,
                    asked.getRolling(),
                    amount,
                    null,
                    values,
                    true));
    return at(QUERY + ".cohorting", () -> new LtvQuery(cohorts));
  }

  @Override
  public LtvCell cell(AnalysisCell cell, LtvQuery question) {
    var named = cell.getLtv();
    CohortQuery cohorts = question.cohorts();
    int cohort =
        ScopeReader.period(CELL + ".start_date", named.getStartDate(), cohorts.unit())
            - cohorts.firstCohort();
    if (cohort < 0 || cohort >= cohorts.cohorts()) {
      throw Failure.invalid(CELL + ".start_date", "lies outside of the range");
    }
    int until = named.hasPayersUntil() ? named.getPayersUntil() : LtvCell.COHORT;
    if (named.hasPayersUntil() && (until < 0 || until > cohorts.horizon())) {
      throw Failure.invalid(CELL + ".payers_until", "must be 0 to " + cohorts.horizon());
    }
    return new LtvCell(cohort, until, part(named, cohorts));
  }

  @Override
  public void write(AnalysisQuery query, Ltv ltv, AnalysisResult.Builder result) {
    result.setLtv(LtvWriter.write(ltv));
  }

  private static ValueChoice part(io.tenure.proto.analysis.v1.LtvCell cell, CohortQuery cohorts) {
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
}
