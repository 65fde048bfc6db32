package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.LifecyclePeriod;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.lifecycle.Lifecycle;
import io.tenure.segment.domain.lifecycle.LifecycleCell;
import io.tenure.segment.domain.lifecycle.LifecyclePart;
import io.tenure.segment.domain.lifecycle.LifecycleQuery;
import io.tenure.segment.domain.lifecycle.Lifecycles;
import io.tenure.segment.domain.lifecycle.Newcomer;
import org.springframework.stereotype.Component;

/** The door to lifecycles. */
@Component
public final class LifecycleDoor implements ModelDoor<LifecycleQuery, Lifecycle, LifecycleCell> {

  private static final String QUERY = "query.lifecycle";
  private static final String CELL = "cell.lifecycle";

  private final Lifecycles lifecycles;

  /** A door to the given lifecycles. */
  public LifecycleDoor(Lifecycles lifecycles) {
    this.lifecycles = lifecycles;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.LIFECYCLE;
  }

  @Override
  public Lifecycles model() {
    return lifecycles;
  }

  @Override
  public LifecycleQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getLifecycle();
    EventSelector selector =
        ScopeReader.required(QUERY + ".selector", asked.hasSelector(), asked.getSelector());
    Periods unit = ScopeReader.periods(QUERY + ".unit", asked.getUnit(), scope);
    Newcomer newcomer =
        switch (asked.getNewcomer()) {
          case LIFECYCLE_NEWCOMER_UNSPECIFIED, LIFECYCLE_NEWCOMER_FIRST_MATCHING ->
              Newcomer.FIRST_MATCHING;
          case LIFECYCLE_NEWCOMER_FIRST_OF_PROFILE -> Newcomer.FIRST_OF_PROFILE;
          case UNRECOGNIZED ->
              throw Failure.invalid(QUERY + ".newcomer", "is none this version knows");
        };
    return at(QUERY + ".unit", () -> new LifecycleQuery(scope, selector, unit, newcomer));
  }

  @Override
  public LifecycleCell cell(AnalysisCell cell, LifecycleQuery question) {
    var named = cell.getLifecycle();
    int period =
        ScopeReader.period(CELL + ".start_date", named.getStartDate(), question.unit())
            - question.before()
            - 1;
    if (period < 0 || period >= question.scope().lastPeriod(question.unit()) - question.before()) {
      throw Failure.invalid(CELL + ".start_date", "lies outside of the range");
    }
    LifecyclePart part =
        switch (named.getPart()) {
          case LIFECYCLE_PART_NEW -> LifecyclePart.NEW;
          case LIFECYCLE_PART_RETURNING -> LifecyclePart.RETURNING;
          case LIFECYCLE_PART_RESURRECTING -> LifecyclePart.RESURRECTING;
          case LIFECYCLE_PART_DORMANT -> LifecyclePart.DORMANT;
          case LIFECYCLE_PART_UNSPECIFIED -> throw Failure.invalid(CELL + ".part", "is required");
          case UNRECOGNIZED -> throw Failure.invalid(CELL + ".part", "is none this version knows");
        };
    return new LifecycleCell(period, part);
  }

  @Override
  public void write(AnalysisQuery query, Lifecycle lifecycle, AnalysisResult.Builder result) {
    var message = result.getLifecycleBuilder();
    for (Lifecycle.Period period : lifecycle.periods()) {
      message.addPeriods(
          LifecyclePeriod.newBuilder()
              .setStartDate(period.start())
              .setNewUsers(period.users(LifecyclePart.NEW))
              .setReturningUsers(period.users(LifecyclePart.RETURNING))
              .setResurrectingUsers(period.users(LifecyclePart.RESURRECTING))
              .setDormantUsers(period.users(LifecyclePart.DORMANT))
              .setIncomplete(period.incomplete()));
    }
  }
}
