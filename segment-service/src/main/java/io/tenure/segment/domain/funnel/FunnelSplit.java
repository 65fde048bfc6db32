package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.analysis.Periods;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What else a funnel is asked beside its steps.
 *
 * @param held properties that must have one value in all events of an attempt, at most 3
 * @param breakdown how attempts are told apart; null for not at all
 * @param trend the periods of entry that are told apart; null for none
 * @param nextEvents how many of the events are told that lost attempts went on with, at each step;
 *     0 for none
 * @param factors what may go with completing the funnel; null for nothing
 */
public record FunnelSplit(
    List<String> held,
    @Nullable Breakdown breakdown,
    @Nullable Periods trend,
    int nextEvents,
    @Nullable Factors factors) {

  /** Nothing else. */
  public static final FunnelSplit NONE = new FunnelSplit(List.of(), null, null, 0, null);

  private static final int MAX_HELD = 3;
  private static final int MAX_NEXT_EVENTS = 100;

  /** Accepts up to 3 held properties and 100 next events. */
  public FunnelSplit {
    held = List.copyOf(held);
    if (held.size() > MAX_HELD || held.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "Up to " + MAX_HELD + " properties with a name can be held");
    }
    if (nextEvents < 0 || nextEvents > MAX_NEXT_EVENTS) {
      throw new IllegalArgumentException("Up to " + MAX_NEXT_EVENTS + " next events can be told");
    }
  }

  /** Properties that are held. */
  public static FunnelSplit held(List<String> properties) {
    return new FunnelSplit(properties, null, null, 0, null);
  }

  /** The same with attempts told apart. */
  public FunnelSplit by(Breakdown by) {
    return new FunnelSplit(held, by, trend, nextEvents, factors);
  }

  /** The same with periods of entry told apart. */
  public FunnelSplit over(Periods periods) {
    return new FunnelSplit(held, breakdown, periods, nextEvents, factors);
  }

  /** The same with where the lost went. */
  public FunnelSplit next(int events) {
    return new FunnelSplit(held, breakdown, trend, events, factors);
  }

  /** The same with what may go with completing. */
  public FunnelSplit with(Factors wanted) {
    return new FunnelSplit(held, breakdown, trend, nextEvents, wanted);
  }

  /** Whether all events of an attempt's time are needed, with their names. */
  boolean needsNames() {
    return nextEvents > 0 || factors != null && factors.events();
  }
}
