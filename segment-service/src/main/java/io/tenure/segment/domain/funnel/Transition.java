package io.tenure.segment.domain.funnel;

import java.util.Arrays;

/**
 * The attempts that wait to go from one step to another. They ripen when the shortest time has
 * passed and are too old when the longest has. Of all that are ripe only the one that entered last
 * matters, because whatever lets another continue lets it continue too; and one that came later
 * with a later entry outlives all before it. So the ripe ones are kept in order of arrival with
 * falling entries, the first is always the answer, and each attempt is put in and taken out once.
 */
final class Transition {

  private final Trail trail;
  private final int from;
  private final int to;
  private final long least;
  private final long most;
  private final boolean ages;
  private int[] unripe = new int[8];
  private int unripeFirst;
  private int unripeEnd;
  private int[] ripe = new int[8];
  private int ripeFirst;
  private int ripeEnd;

  Transition(Trail trail, int from, int to, StepRule rule) {
    this.trail = trail;
    this.from = from;
    this.to = to;
    this.least = rule.least().toMillis();
    this.most = rule.most().toMillis();
    this.ages = rule.limitsTime();
  }

  /** The step that is left. */
  int from() {
    return from;
  }

  /** The step that is reached. */
  int to() {
    return to;
  }

  /** Whether both steps can be done in one instant. */
  boolean takesNoTime() {
    return least == 0;
  }

  void clear() {
    unripeFirst = unripeEnd = 0;
    ripeFirst = ripeEnd = 0;
  }

  /** Lets the attempt at a position wait. */
  void offer(int position) {
    if (least == 0) {
      ripen(position);
      return;
    }
    if (unripeEnd == unripe.length) {
      unripe = compact(unripe, unripeFirst, unripeEnd);
      unripeEnd -= unripeFirst;
      unripeFirst = 0;
    }
    unripe[unripeEnd++] = position;
  }

  /** The attempt that goes on at an instant, or none. */
  int at(long time) {
    while (unripeFirst < unripeEnd && time - trail.time(unripe[unripeFirst]) >= least) {
      ripen(unripe[unripeFirst++]);
    }
    while (ripeFirst < ripeEnd && isOver(ripe[ripeFirst], time)) {
      ripeFirst++;
    }
    return ripeFirst < ripeEnd ? ripe[ripeFirst] : Trail.NONE;
  }

  private boolean isOver(int position, long time) {
    return trail.end(position) < time || ages && time - trail.time(position) > most;
  }

  /** Of equal entries the earlier arrival is the better answer, and the later one lives longer. */
  private void ripen(int position) {
    long entry = trail.entry(position);
    if (!ages && ripeFirst < ripeEnd && trail.entry(ripe[ripeFirst]) >= entry) {
      return;
    }
    while (ripeFirst < ripeEnd && trail.entry(ripe[ripeEnd - 1]) < entry) {
      ripeEnd--;
    }
    if (ripeEnd == ripe.length) {
      ripe = compact(ripe, ripeFirst, ripeEnd);
      ripeEnd -= ripeFirst;
      ripeFirst = 0;
    }
    ripe[ripeEnd++] = position;
  }

  /** Moves what is used to the front; only what is more than half full grows. */
  private static int[] compact(int[] items, int first, int end) {
    int used = end - first;
    int length = used > items.length / 2 ? items.length * 2 : items.length;
    return Arrays.copyOf(Arrays.copyOfRange(items, first, end), length);
  }
}
