package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.journey.Journey;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes from journey to journey and from user to user. A user may have several journeys, one for
 * each value that is held; of their attempts the best counts, unless all do.
 */
final class FunnelWalk {

  private static final long NOBODY = -1;

  private final FunnelQuery query;
  private final FunnelFold fold;
  private final FunnelTallies tallies;
  private final LongConsumer userTallied;
  private final Attempt best;
  private @Nullable Journey bestJourney;
  private long user = NOBODY;

  FunnelWalk(FunnelQuery query, FunnelTallies tallies, LongConsumer userTallied) {
    this.query = query;
    this.fold = query.fold();
    this.tallies = tallies;
    this.userTallied = userTallied;
    this.best = new Attempt(query.steps().size());
  }

  void visit(long userNumber, Journey journey) {
    if (userNumber != user) {
      end();
      user = userNumber;
    }
    fold.fold(journey.events(), attempt -> take(attempt, journey));
  }

  /** Ends the user at hand. */
  void end() {
    if (user == NOBODY) {
      return;
    }
    if (bestJourney != null) {
      tallies.add(best, bestJourney);
      bestJourney = null;
    }
    userTallied.accept(user);
    tallies.endUser();
    user = NOBODY;
  }

  private void take(Attempt attempt, Journey journey) {
    if (query.rules().entry() == FunnelEntry.TOTALS || query.split().held().isEmpty()) {
      tallies.add(attempt, journey);
    } else if (bestJourney == null || isBetter(attempt)) {
      best.copy(attempt);
      bestJourney = journey;
    }
  }

  /** Further, or as far and earlier. */
  private boolean isBetter(Attempt attempt) {
    return attempt.reached() != best.reached()
        ? attempt.reached() > best.reached()
        : attempt.timeOf(0) < best.timeOf(0);
  }
}
