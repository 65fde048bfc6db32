package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.analysis.PeriodUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What else a funnel is asked beside its steps.
 *
 * @param held properties that must have one value in all events of an attempt, at most 3
 * @param breakdown how attempts are told apart; null for not at all
 * @param trend the periods of entry that are told apart; null for none
 */
public record FunnelSplit(
    List<String> held, @Nullable Breakdown breakdown, @Nullable PeriodUnit trend) {

  /** Nothing else. */
  public static final FunnelSplit NONE = new FunnelSplit(List.of(), null, null);

  private static final int MAX_HELD = 3;

  /** Accepts up to 3 held properties. */
  public FunnelSplit {
    held = List.copyOf(held);
    if (held.size() > MAX_HELD || held.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "Up to " + MAX_HELD + " properties with a name can be held");
    }
  }
}
