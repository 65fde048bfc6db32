package io.tenure.segment.domain.journey;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.Population;
import java.util.List;

/**
 * Asks for the events of users that matter to a question.
 *
 * @param population whose events
 * @param range when the events lie
 * @param selectors what tells them apart: the n-th is the n-th bit of a packed event
 * @param everything whether events that no selector selects come too
 * @param entry which event a user must have to come at all
 * @param held properties by whose values a user's events are taken apart; events without one of
 *     them do not come
 * @param columns texts that come with each event
 * @param distinct whether a stored duplicate is removed; whoever does not mind them is faster
 */
public record JourneyQuery(
    Population population,
    TimeRange range,
    List<EventSelector> selectors,
    boolean everything,
    Entry entry,
    List<String> held,
    List<Column> columns,
    boolean distinct) {

  /** Copies the lists. */
  public JourneyQuery {
    selectors = List.copyOf(selectors);
    held = List.copyOf(held);
    columns = List.copyOf(columns);
  }

  /**
   * The event a user must have.
   *
   * @param mask one of these bits
   * @param range inside this range
   */
  public record Entry(long mask, TimeRange range) {}

  /**
   * Whether an event may be selected by more than one, so that a stored duplicate of it could serve
   * twice.
   */
  public static boolean overlap(List<EventSelector> selectors) {
    return selectors.stream().anyMatch(EventSelector::selectsAnyName)
        || selectors.stream().map(EventSelector::name).distinct().count() < selectors.size();
  }

  /** How events are packed. */
  public Packing packing() {
    return new Packing(selectors.size());
  }
}
