package io.tenure.segment.api;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.calendar.Calendars;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the model a query is for. */
@Component
public final class ModelDoors {

  private static final String QUERY = "query";

  private final Map<ModelCase, ModelDoor<?, ?, ?>> doors = new EnumMap<>(ModelCase.class);
  private final Calendars calendars;
  private final Clock clock;

  /** All models there are. */
  public ModelDoors(List<ModelDoor<?, ?, ?>> doors, Calendars calendars, Clock clock) {
    doors.forEach(door -> this.doors.put(door.kind(), door));
    this.calendars = calendars;
    this.clock = clock;
  }

  AskedModel<?, ?, ?> read(ProjectId project, AnalysisQuery query) {
    @Nullable ModelDoor<?, ?, ?> door = doors.get(query.getModelCase());
    if (door == null) {
      throw Failure.invalid(QUERY, "asks no model this version knows");
    }
    Scope scope =
        ScopeReader.read(
            QUERY + ".scope", query.getScope(), clock.instant(), id -> calendars.find(project, id));
    return read(door, query, scope);
  }

  private static <Q extends Question, A extends Answer, C> AskedModel<Q, A, C> read(
      ModelDoor<Q, A, C> door, AnalysisQuery query, Scope scope) {
    return new AskedModel<>(door, query, door.question(query, scope));
  }
}
