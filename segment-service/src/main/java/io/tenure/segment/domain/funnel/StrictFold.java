package io.tenure.segment.domain.funnel;

import java.util.Arrays;

/**
 * Steps one directly after the other, so an attempt lives on only if every event serves its next
 * step. Events of one instant that serve no step do not come in between when others of that instant
 * do; those that do are taken in the order of the steps.
 */
final class StrictFold implements FunnelFold {

  private final FunnelRules rules;
  private final Trail trail = new Trail();
  private final Course course;
  private final StepPacking packing;
  private final Instants instants;

  /** The attempt whose last step was the event before. */
  private int[] standing;

  private int[] next;

  StrictFold(FunnelRules rules, long entryEnd) {
    this.rules = rules;
    this.course = new Course(rules, entryEnd, trail);
    this.packing = rules.packing();
    this.instants = new Instants(packing);
    this.standing = new int[rules.steps().size()];
    this.next = new int[rules.steps().size()];
  }

  @Override
  public void fold(long[] journey, Attempts attempts) {
    course.start();
    Arrays.fill(standing, Trail.NONE);
    instants.start(journey);
    while (instants.next()) {
      for (int event = instants.first(); event < instants.end(); event++) {
        int mask = packing.mask(journey[event]);
        if (mask != 0 || instants.steps() == 0) {
          take(event, mask, attempts);
        }
      }
    }
    course.tell(attempts);
  }

  private void take(int event, int mask, Attempts attempts) {
    long time = instants.time();
    if (course.isOver(time)) {
      course.tell(attempts);
    }
    Arrays.fill(next, Trail.NONE);
    for (int step = 1; step < next.length; step++) {
      if ((mask & 1 << step) != 0 && goesOn(standing[step - 1], step, time)) {
        next[step] = trail.follow(standing[step - 1], step, event, time);
        course.remember(next[step]);
      }
    }
    if ((mask & 1) != 0 && course.takesEntry(time)) {
      next[0] = course.enter(event, time);
      course.remember(next[0]);
    }
    int[] free = standing;
    standing = next;
    next = free;
    if (course.isComplete()) {
      course.tell(attempts);
      Arrays.fill(standing, Trail.NONE);
    }
  }

  private boolean goesOn(int position, int step, long time) {
    if (position == Trail.NONE || time > trail.end(position)) {
      return false;
    }
    long passed = time - trail.time(position);
    StepRule rule = rules.steps().get(step);
    return passed >= rule.least().toMillis() && passed <= rule.most().toMillis();
  }
}
