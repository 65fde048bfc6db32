package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.SessionDepth;
import io.tenure.proto.analysis.v1.SessionDuration;
import io.tenure.proto.analysis.v1.SessionEvent;
import io.tenure.proto.analysis.v1.SessionFigures;
import io.tenure.proto.analysis.v1.SessionPeriod;
import io.tenure.proto.analysis.v1.SessionValue;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.session.SessionCell;
import io.tenure.segment.domain.session.SessionCell.Role;
import io.tenure.segment.domain.session.SessionModel;
import io.tenure.segment.domain.session.SessionQuery;
import io.tenure.segment.domain.session.Sessions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to sessions. */
@Component
public final class SessionDoor implements ModelDoor<SessionQuery, Sessions, SessionCell> {

  private static final String PATH = "query.session";
  private static final String CELL = "cell.session";

  private final SessionModel sessions;

  /** A door to the given sessions. */
  public SessionDoor(SessionModel sessions) {
    this.sessions = sessions;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.SESSION;
  }

  @Override
  public SessionModel model() {
    return sessions;
  }

  @Override
  public SessionQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getSession();
    List<EventSelector> events = PathReader.selectors(PATH + ".events", asked.getEventsList());
    SessionRule rule = SessionReader.read(PATH + ".cut", asked.getCut());
    @Nullable EventSelector start =
        asked.hasStart() ? ConditionReader.selector(PATH + ".start", asked.getStart()) : null;
    @Nullable EventSelector stop =
        asked.hasStop() ? ConditionReader.selector(PATH + ".stop", asked.getStop()) : null;
    Periods periods = ScopeReader.periods(PATH + ".unit", asked.getUnit(), scope);
    Column.@Nullable Property property =
        LabelReader.property(PATH + ".property", asked.getProperty());
    return at(
        PATH + ".events",
        () -> new SessionQuery(scope, events, rule, start, stop, periods, property));
  }

  @Override
  public SessionCell cell(AnalysisCell cell, SessionQuery question) {
    var named = cell.getSession();
    return switch (named.getPartCase()) {
      case START_DATE ->
          new SessionCell.Period(
              ScopeReader.period(CELL + ".start_date", named.getStartDate(), question.periods()),
              named.getBounced());
      case VALUE -> {
        if (question.property() == null) {
          throw Failure.invalid(CELL + ".value", "needs a query with a property");
        }
        yield new SessionCell.Value(LabelReader.read(named.getValue()), named.getBounced());
      }
      case DEPTH -> new SessionCell.Depth(named.getDepth());
      case DURATION -> new SessionCell.Length(named.getDuration());
      case EVENT -> new SessionCell.Event(LabelReader.read(named.getEvent()), Role.PART);
      case ENTRY -> new SessionCell.Event(LabelReader.read(named.getEntry()), Role.ENTRY);
      case EXIT -> new SessionCell.Event(LabelReader.read(named.getExit()), Role.EXIT);
      case PART_NOT_SET -> new SessionCell.All(named.getBounced());
    };
  }

  @Override
  public void write(AnalysisQuery query, Sessions answer, AnalysisResult.Builder result) {
    var message = result.getSessionBuilder().setTotal(figures(answer.total()));
    for (Sessions.Period period : answer.periods()) {
      message.addPeriods(
          SessionPeriod.newBuilder()
              .setStartDate(period.start())
              .setIncomplete(period.incomplete())
              .setFigures(figures(period.figures())));
    }
    for (Sessions.Value value : answer.values()) {
      message.addValues(
          SessionValue.newBuilder()
              .setValue(LabelReader.write(value.label()))
              .setFigures(figures(value.figures())));
    }
    for (int index = 0; index < Sessions.DEPTHS.size(); index++) {
      message.addDepths(
          SessionDepth.newBuilder()
              .setLeast(Sessions.DEPTHS.get(index))
              .setSessions(answer.depths().get(index).sessions())
              .setUsers(answer.depths().get(index).users()));
    }
    for (int index = 0; index < Sessions.DURATIONS.size(); index++) {
      message.addDurations(
          SessionDuration.newBuilder()
              .setLeast(Fields.duration(Sessions.DURATIONS.get(index)))
              .setSessions(answer.durations().get(index).sessions())
              .setUsers(answer.durations().get(index).users()));
    }
    answer.events().forEach(event -> message.addEvents(event(event)));
  }

  private static SessionEvent event(Sessions.Event event) {
    return SessionEvent.newBuilder()
        .setName(LabelReader.write(event.name()))
        .setSessions(event.parts().sessions())
        .setUsers(event.parts().users())
        .setEntries(event.entries().sessions())
        .setEntryUsers(event.entries().users())
        .setExits(event.exits().sessions())
        .setExitUsers(event.exits().users())
        .setExitRate(event.exitRate())
        .build();
  }

  private static SessionFigures figures(Sessions.Figures figures) {
    SessionFigures.Builder message =
        SessionFigures.newBuilder()
            .setSessions(figures.count().sessions())
            .setUsers(figures.count().users())
            .setPerUser(figures.perUser())
            .setMeanDepth(figures.meanDepth())
            .setMedianDepth(figures.medianDepth())
            .setBounces(figures.bounces().sessions())
            .setBouncedUsers(figures.bounces().users())
            .setBounceRate(figures.bounceRate());
    if (figures.duration() != null) {
      message.setDuration(LabelReader.write(figures.duration()));
    }
    return message.build();
  }
}
