package io.tenure.segment.domain.session;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks how users come, stay and leave.
 *
 * @param scope sessions must begin in its range
 * @param events what sessions are made of; none for all events
 * @param start events that begin a session at once; null for none
 * @param stop events that end a session at once; null for none
 * @param property tells sessions apart by their first event; null for not at all
 */
public record SessionQuery(
    Scope scope,
    List<EventSelector> events,
    SessionRule rule,
    @Nullable EventSelector start,
    @Nullable EventSelector stop,
    Periods periods,
    @Nullable Column property)
    implements Question {

  private static final EventSelector ANY = new EventSelector("", List.of());

  /** Accepts up to 19 selectors of events. */
  public SessionQuery {
    events = List.copyOf(events);
    if (events.size() > 19) {
      throw new IllegalArgumentException("At most 19 events");
    }
  }

  int startMask() {
    return start == null ? 0 : 1;
  }

  int stopMask() {
    return stop == null ? 0 : start == null ? 1 : 2;
  }

  JourneyQuery journeys() {
    List<EventSelector> selectors = new ArrayList<>();
    Stream.of(start, stop).flatMap(Stream::ofNullable).forEach(selectors::add);
    selectors.addAll(events.isEmpty() ? List.of(ANY) : events);
    List<Column> coded = new ArrayList<>(List.of(new Column.Name()));
    if (property != null) {
      coded.add(property);
    }
    return JourneyQuery.of(
            scope.population(),
            JourneyQuery.reach(scope.range(), rule.longest(), rule.longest()),
            selectors,
            events.isEmpty(),
            null,
            true)
        .with(JourneyQuery.Attributes.coded(coded));
  }
}
