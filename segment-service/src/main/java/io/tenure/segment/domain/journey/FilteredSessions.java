package io.tenure.segment.domain.journey;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.Population;
import io.tenure.segment.domain.analysis.SessionFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Finds the events of the sessions that a filter takes. */
public final class FilteredSessions {

  private static final EventSelector ANY = new EventSelector("", List.of());

  private final SessionFilter filter;
  private final List<EventSelector> selectors = new ArrayList<>();
  private final int entry;
  private final int with;
  private final int without;

  /** Those of one filter. */
  public FilteredSessions(SessionFilter filter) {
    this.filter = filter;
    selectors.add(ANY);
    this.entry = bit(filter.entry());
    this.with = bit(filter.with());
    this.without = bit(filter.without());
  }

  /**
   * All events of the sessions that may lie in a range.
   *
   * @param users whose sessions
   */
  public JourneyQuery journeys(Population users, TimeRange range) {
    return JourneyQuery.of(
        users,
        JourneyQuery.reach(range, filter.rule().longest(), filter.rule().longest()),
        selectors,
        true,
        null,
        true);
  }

  /** The keys of the events of a journey that count. */
  public void visit(Journey journey, LongConsumer keys) {
    int end;
    for (int first = 0; first < journey.size(); first = end) {
      end = journey.sessionEnd(first, filter.rule());
      if (takes(journey, first, end)) {
        for (int event = first; event < end; event++) {
          keys.accept(journey.key(event));
        }
      }
    }
  }

  private boolean takes(Journey journey, int first, int end) {
    int events = end - first;
    long millis = journey.time(end - 1) - journey.time(first);
    int seen = 0;
    for (int event = first; event < end; event++) {
      seen |= journey.mask(event);
    }
    return events >= filter.leastEvents()
        && events <= filter.mostEvents()
        && millis >= filter.shortest().toMillis()
        && millis <= filter.longest().toMillis()
        && (entry == 0 || journey.is(first, entry))
        && (seen & with) == with
        && (seen & without) == 0;
  }

  private int bit(@Nullable EventSelector selector) {
    if (selector == null) {
      return 0;
    }
    selectors.add(selector);
    return 1 << selectors.size() - 1;
  }
}
