package io.tenure.segment.domain.funnel;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the events that matter to a series of steps.
 *
 * @param steps the steps in order
 * @param entry when a first step must lie
 * @param end later steps lie before this
 * @param users only users for whom this holds at the end of {@code entry}; null for everybody
 */
public record JourneyQuery(
    List<EventSelector> steps, TimeRange entry, Instant end, @Nullable Condition users) {

  /** Whether one event could serve two of the steps, so that a stored duplicate would matter. */
  public boolean stepsOverlap() {
    long names = steps.stream().map(EventSelector::name).distinct().count();
    return names < steps.size() || steps.stream().anyMatch(EventSelector::selectsAnyName);
  }
}
