package io.tenure.segment.domain.funnel;

/**
 * Steps in any order: an attempt begins with an event that serves any step, and has done as many
 * steps as the events of its window can serve together. The n-th step of an attempt is the n-th one
 * done, whichever that is.
 *
 * <p>A window that slides over the events finds the best one, because only an event that comes in
 * can make a window better; its attempt is walked only when it is.
 */
final class AnyOrderFold implements FunnelFold {

  private final FunnelRules rules;
  private final StepPacking packing;
  private final long entryEnd;
  private final StepSet sliding;
  private final StepSet walked;
  private final Attempt attempt;

  AnyOrderFold(FunnelRules rules, long entryEnd) {
    this.rules = rules;
    this.packing = rules.packing();
    this.entryEnd = entryEnd;
    this.sliding = new StepSet(rules.steps().size());
    this.walked = new StepSet(rules.steps().size());
    this.attempt = new Attempt(rules.steps().size());
  }

  @Override
  public void fold(long[] journey, Attempts attempts) {
    switch (rules.entry()) {
      case FURTHEST, SESSIONS -> findFurthest(journey);
      case FIRST -> {
        attempt.clear();
        walk(journey, 0);
      }
      case TOTALS -> {
        walkAll(journey, attempts);
        return;
      }
    }
    if (attempt.reached() > 0) {
      attempts.attempt(attempt);
    }
  }

  private void findFurthest(long[] journey) {
    attempt.clear();
    sliding.clear();
    int first = 0;
    for (int event = 0; event < journey.length; event++) {
      long time = packing.millis(journey[event]);
      while (first < event && lastMillis(journey, first) < time) {
        sliding.remove(packing.mask(journey[first++]));
      }
      if (packing.millis(journey[first]) >= entryEnd) {
        return;
      }
      boolean useful = sliding.add(packing.mask(journey[event]));
      if (useful && sliding.served() > attempt.reached()) {
        walk(journey, first);
      }
    }
  }

  private void walkAll(long[] journey, Attempts attempts) {
    int event = 0;
    while (event < journey.length && packing.millis(journey[event]) < entryEnd) {
      event = walk(journey, event);
      attempts.attempt(attempt);
    }
  }

  /** Fills the attempt that begins with an event; tells where the next one may begin. */
  private int walk(long[] journey, int first) {
    attempt.clear();
    if (first == journey.length || packing.millis(journey[first]) >= entryEnd) {
      return first;
    }
    walked.clear();
    long last = lastMillis(journey, first);
    int event = first;
    while (event < journey.length
        && packing.millis(journey[event]) <= last
        && attempt.reached() < rules.steps().size()) {
      if (walked.add(packing.mask(journey[event])) && walked.served() > attempt.reached()) {
        attempt.done(attempt.reached(), event, packing.millis(journey[event]));
      }
      event++;
    }
    long done = packing.millis(journey[event - 1]);
    while (event < journey.length && packing.millis(journey[event]) == done) {
      event++;
    }
    return event;
  }

  private long lastMillis(long[] journey, int event) {
    return rules.window().lastMillis(packing.millis(journey[event]));
  }
}
