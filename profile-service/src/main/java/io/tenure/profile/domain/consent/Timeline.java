package io.tenure.profile.domain.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What one person said about one purpose, by time. */
final class Timeline {

  /**
   * One decision.
   *
   * @param recorded decides between two of the same time
   */
  record Decision(Moment effective, Instant recorded, ConsentState state, String textVersion) {

    static final Comparator<Decision> LATER =
        Comparator.comparing((Decision decision) -> decision.effective().time())
            .thenComparing(Decision::recorded)
            .thenComparing(decision -> decision.effective().offset())
            // Of two that can't be told apart, the no counts.
            .thenComparing(Decision::state);

    static Decision of(ConsentEntry entry) {
      return new Decision(Moment.of(entry), entry.recordTime(), entry.state(), entry.textVersion());
    }
  }

  private final List<Decision> decisions = new ArrayList<>(1);

  /** Adds a decision; false when it is known. */
  boolean add(Decision decision) {
    if (decisions.contains(decision)) {
      return false;
    }
    int place = decisions.size();
    while (place > 0 && Decision.LATER.compare(decisions.get(place - 1), decision) > 0) {
      place--;
    }
    decisions.add(place, decision);
    return true;
  }

  /** The decision that counted at a moment. */
  Optional<Decision> at(Moment moment) {
    for (int i = decisions.size() - 1; i >= 0; i--) {
      if (moment.reaches(decisions.get(i).effective())) {
        return Optional.of(decisions.get(i));
      }
    }
    return Optional.empty();
  }
}
