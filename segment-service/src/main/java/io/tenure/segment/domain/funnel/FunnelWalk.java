package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.funnel.FunnelCut.Stretch;
import io.tenure.segment.domain.journey.Journey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the attempts of one user that count. A user may have several stretches of events, one for
 * each session or held value; of their attempts the best counts, unless all do.
 */
final class FunnelWalk {

  /** Takes an attempt; it is valid during the call only. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param stretch the events it was found in
     */
    void attempt(Attempt attempt, Stretch stretch);
  }

  private final FunnelQuery query;
  private final FunnelCut cut;
  private final FunnelFold fold;
  private final Attempt best;
  private @Nullable Stretch bestStretch;

  FunnelWalk(FunnelQuery query) {
    this.query = query;
    this.cut = new FunnelCut(query);
    this.fold = query.fold();
    this.best = new Attempt(query.steps().size());
  }

  void walk(Journey journey, Visitor visitor) {
    List<Stretch> stretches = cut.stretches(journey);
    bestStretch = null;
    boolean all = stretches.size() == 1 || query.rules().entry().countsAttempts();
    for (Stretch stretch : stretches) {
      fold.fold(
          stretch.journey().packed(),
          attempt -> {
            if (all) {
              visitor.attempt(attempt, stretch);
            } else {
              keepBetter(attempt, stretch);
            }
          });
    }
    if (bestStretch != null) {
      visitor.attempt(best, bestStretch);
    }
  }

  private void keepBetter(Attempt attempt, Stretch stretch) {
    if (bestStretch == null || isBetter(attempt)) {
      best.copy(attempt);
      bestStretch = stretch;
    }
  }

  /** Further, or as far and earlier; where only the first entry is tried, earlier. */
  private boolean isBetter(Attempt attempt) {
    return attempt.reached() != best.reached() && query.rules().entry() != FunnelEntry.FIRST
        ? attempt.reached() > best.reached()
        : attempt.timeOf(0) < best.timeOf(0);
  }
}
