package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.RetentionCohort;
import io.tenure.proto.analysis.v1.RetentionCount;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.retention.Retention;
import io.tenure.segment.domain.retention.RetentionCell;
import io.tenure.segment.domain.retention.RetentionQuery;
import io.tenure.segment.domain.retention.Retentions;
import org.springframework.stereotype.Component;

/** The door to retention tables. */
@Component
public final class RetentionDoor implements ModelDoor<RetentionQuery, Retention, RetentionCell> {

  private final Retentions retentions;

  /** A door to the given retentions. */
  public RetentionDoor(Retentions retentions) {
    this.retentions = retentions;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.RETENTION;
  }

  @Override
  public Retentions model() {
    return retentions;
  }

  @Override
  public RetentionQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getRetention();
    EventSelector start =
        ScopeReader.required("query.retention.start", asked.hasStart(), asked.getStart());
    EventSelector comeback =
        ScopeReader.required("query.retention.return", asked.hasReturn(), asked.getReturn());
    PeriodUnit unit = ScopeReader.unit("query.retention.unit", asked.getUnit());
    return at(
        "query.retention.periods",
        () -> new RetentionQuery(scope, start, comeback, unit, asked.getPeriods()));
  }

  @Override
  public RetentionCell cell(AnalysisCell cell, RetentionQuery question) {
    var named = cell.getRetention();
    int cohort =
        ScopeReader.period(
            "cell.retention.start_date",
            named.getStartDate(),
            question.unit(),
            question.scope().zone());
    if (cohort < question.firstCohort() || cohort > question.lastCohort()) {
      throw Failure.invalid("cell.retention.start_date", "lies outside of the range");
    }
    if (named.getPeriod() < 0 || named.getPeriod() > question.periods()) {
      throw Failure.invalid("cell.retention.period", "must be 0 to " + question.periods());
    }
    return new RetentionCell(cohort, named.getPeriod(), named.getLost());
  }

  @Override
  public void write(AnalysisQuery query, Retention retention, AnalysisResult.Builder result) {
    var message = result.getRetentionBuilder().addAllMeanRates(retention.meanRates());
    for (Retention.Cohort cohort : retention.cohorts()) {
      RetentionCohort.Builder written =
          RetentionCohort.newBuilder()
              .setStartDate(cohort.startDate().toString())
              .setUsers(cohort.users());
      for (Retention.Cell cell : cohort.cells()) {
        written.addCells(
            RetentionCount.newBuilder()
                .setUsers(cell.users())
                .setRate(cell.rate())
                .setIncomplete(cell.incomplete()));
      }
      message.addCohorts(written);
    }
  }
}
