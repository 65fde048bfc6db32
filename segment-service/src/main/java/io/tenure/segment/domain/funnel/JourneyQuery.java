package io.tenure.segment.domain.funnel;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the events that matter to a series of steps.
 *
 * @param steps the steps
 * @param exclusions what ends attempts
 * @param order of the steps: any may begin without one, and a strict one needs all other events too
 * @param entry when an attempt must begin
 * @param end later events lie before this
 * @param users only users for whom this holds at the end of {@code entry}; null for everybody
 * @param held properties by whose values a user's events are taken apart; events without one do not
 *     count
 * @param breakdown a property whose value comes with each event; null for none
 */
public record JourneyQuery(
    List<EventSelector> steps,
    List<EventSelector> exclusions,
    FunnelOrder order,
    TimeRange entry,
    Instant end,
    @Nullable Condition users,
    List<String> held,
    @Nullable String breakdown) {

  /** Everything that has a bit in a packed event, in the order of the bits. */
  public List<EventSelector> selectors() {
    return Stream.concat(steps.stream(), exclusions.stream()).toList();
  }

  /** How events are packed. */
  public Packing packing() {
    return new Packing(steps.size(), exclusions.size());
  }

  /** Whether a stored duplicate would matter: it could serve a second step, or come in between. */
  public boolean duplicatesMatter() {
    long names = steps.stream().map(EventSelector::name).distinct().count();
    return order == FunnelOrder.STRICT
        || names < steps.size()
        || steps.stream().anyMatch(EventSelector::selectsAnyName);
  }
}
