package io.tenure.segment.domain.funnel;

import java.time.Duration;
import java.util.Arrays;

/**
 * Walks one user's events once and tells the furthest step of any attempt: events in order of time,
 * each serving one step of an attempt, the last within the window of the first, every entry tried.
 *
 * <p>Of all attempts that stand at a step only the one that entered last matters, because whatever
 * lets an earlier one continue lets this one continue too. So one instant for each step is the
 * whole state, and an event costs at most one move for each step. Events of one instant may take
 * any helpful order: when several of them could serve the same step, {@link TieMatching} finds out
 * which steps they can serve together.
 *
 * <p>Not safe for use by several threads; one fold serves any number of users one after another.
 */
public final class FunnelFold {

  private static final long NONE = Long.MIN_VALUE;

  private final Packing packing;
  private final long window;
  private final TieMatching ties;

  /** When the latest attempt that stands at a step entered. */
  private final long[] entry;

  /** When that attempt made each of its steps. */
  private final long[][] times;

  private final long[] bestTimes;
  private int reached;

  /**
   * A fold for a number of steps within a window, which is inclusive: exactly its length counts.
   */
  public FunnelFold(int steps, Duration window) {
    this.packing = new Packing(steps);
    this.window = window.toMillis();
    this.ties = new TieMatching(steps);
    this.entry = new long[steps];
    this.times = new long[steps][steps];
    this.bestTimes = new long[steps];
  }

  /**
   * Folds one user's events.
   *
   * @param journey events as {@link Packing} makes them, in any order; sorted by the call
   * @return how many steps the furthest attempt reached, 0 when there was none
   */
  public int fold(long[] journey) {
    Arrays.sort(journey);
    Arrays.fill(entry, NONE);
    reached = 0;
    int index = 0;
    while (index < journey.length) {
      long time = packing.millis(journey[index]);
      int next = index + 1;
      while (next < journey.length && packing.millis(journey[next]) == time) {
        next++;
      }
      if (next - index == 1) {
        take(time, packing.mask(journey[index]));
      } else {
        takeTied(time, journey, index, next);
      }
      index = next;
    }
    return reached;
  }

  /**
   * When the first attempt that got furthest made a step, in milliseconds; valid until the next
   * fold, for steps below the number it returned.
   */
  public long timeOf(int step) {
    return bestTimes[step];
  }

  /** From the last step down, so that one event never serves two steps of an attempt. */
  private void take(long time, int mask) {
    for (int step = entry.length - 1; step > 0; step--) {
      if ((mask & 1 << step) != 0) {
        advance(step, time);
      }
    }
    if ((mask & 1) != 0) {
      enter(time);
    }
  }

  private void takeTied(long time, long[] journey, int from, int to) {
    int all = 0;
    boolean single = true;
    for (int index = from; index < to; index++) {
      int mask = packing.mask(journey[index]);
      all |= mask;
      single &= Integer.bitCount(mask) == 1;
    }
    if (single) {
      takeEach(time, all);
    } else {
      takeMatched(time, journey, from, to);
    }
  }

  /** Every step has its own event, so upwards: the helpful order is the order of the steps. */
  private void takeEach(long time, int steps) {
    if ((steps & 1) != 0) {
      enter(time);
    }
    for (int step = 1; step < entry.length; step++) {
      if ((steps & 1 << step) != 0) {
        advance(step, time);
      }
    }
  }

  /** Extends every attempt as it stood before this instant as far as the tied events allow. */
  private void takeMatched(long time, long[] journey, int from, int to) {
    ties.load(packing, journey, from, to);
    long[] before = entry.clone();
    long[][] timesBefore = new long[entry.length][];
    for (int step = 0; step < entry.length; step++) {
      timesBefore[step] = times[step].clone();
    }
    for (int origin = -1; origin < entry.length - 1; origin++) {
      long entered = origin < 0 ? time : before[origin];
      if (entered == NONE || time - entered > window) {
        continue;
      }
      int furthest = ties.furthest(origin + 1);
      for (int step = origin + 1; step < furthest; step++) {
        if (entered > entry[step]) {
          entry[step] = entered;
          if (origin >= 0) {
            System.arraycopy(timesBefore[origin], 0, times[step], 0, origin + 1);
          }
          Arrays.fill(times[step], origin + 1, step + 1, time);
          remember(step);
        }
      }
    }
  }

  private void enter(long time) {
    entry[0] = time;
    times[0][0] = time;
    remember(0);
  }

  private void advance(int step, long time) {
    long entered = entry[step - 1];
    if (entered == NONE || time - entered > window || entered <= entry[step]) {
      return;
    }
    entry[step] = entered;
    System.arraycopy(times[step - 1], 0, times[step], 0, step);
    times[step][step] = time;
    remember(step);
  }

  private void remember(int step) {
    if (step >= reached) {
      reached = step + 1;
      System.arraycopy(times[step], 0, bestTimes, 0, reached);
    }
  }
}
