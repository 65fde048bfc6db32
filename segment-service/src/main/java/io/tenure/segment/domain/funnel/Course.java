package io.tenure.segment.domain.funnel;

/**
 * What has become of a user's attempts so far, for the three ways to count them: it decides whether
 * an entry is taken, remembers the best, and hands over what counts.
 */
final class Course {

  private final FunnelEntry rule;
  private final FunnelWindow window;
  private final long entryEnd;
  private final int steps;
  private final Trail trail;
  private final Attempt attempt;
  private boolean entered;
  private boolean running;
  private long entry;
  private long end;
  private long completed;
  private int best;

  Course(FunnelRules rules, long entryEnd, Trail trail) {
    this.rule = rules.entry();
    this.window = rules.window();
    this.entryEnd = entryEnd;
    this.steps = rules.steps().size();
    this.trail = trail;
    this.attempt = new Attempt(steps);
  }

  void start() {
    trail.clear();
    entered = false;
    running = false;
    completed = Long.MIN_VALUE;
    best = Trail.NONE;
  }

  /** Whether an event may begin an attempt: of one instant, any may, for one of them may help. */
  boolean takesEntry(long time) {
    return time < entryEnd
        && switch (rule) {
          case FURTHEST, SESSIONS -> true;
          case FIRST -> !entered || time == entry;
          case TOTALS -> running ? time == entry : time > completed;
        };
  }

  /** Begins an attempt. */
  int enter(int event, long time) {
    entered = true;
    running = true;
    entry = time;
    end = window.lastMillis(time);
    return trail.enter(0, event, time, end);
  }

  /** Whether the one attempt that is counted at a time has run out of time. */
  boolean isOver(long time) {
    return rule == FunnelEntry.TOTALS && running && time > end;
  }

  /** Remembers a position when it is further than the best. */
  void remember(int position) {
    if (best == Trail.NONE || trail.step(position) > trail.step(best)) {
      best = position;
    }
  }

  /** Whether the one attempt that is counted at a time has done all steps. */
  boolean isComplete() {
    return rule == FunnelEntry.TOTALS && best != Trail.NONE && trail.step(best) == steps - 1;
  }

  /** Hands over the best attempt, if there is one, and forgets it. */
  void tell(Attempts attempts) {
    running = false;
    if (best != Trail.NONE) {
      if (isComplete()) {
        completed = trail.time(best);
      }
      trail.tell(best, attempt);
      best = Trail.NONE;
      attempts.attempt(attempt);
    }
  }
}
