package io.tenure.segment.domain.funnel;

import java.util.Arrays;

/**
 * The steps that attempts have done, each pointing to the step done before it, so that attempts
 * share what they have in common. A position is a number; it stays valid until the next user.
 */
final class Trail {

  static final int NONE = -1;

  private int[] steps = new int[64];
  private int[] events = new int[64];
  private int[] before = new int[64];
  private long[] times = new long[64];
  private long[] entries = new long[64];
  private long[] ends = new long[64];
  private int size;

  void clear() {
    size = 0;
  }

  /** A first step, which must be followed by the others until an end. */
  int enter(int step, int event, long time, long end) {
    return add(step, event, time, NONE, time, end);
  }

  /** A step after another one. */
  int follow(int previous, int step, int event, long time) {
    return add(step, event, time, previous, entries[previous], ends[previous]);
  }

  long time(int position) {
    return times[position];
  }

  /** When the attempt entered. */
  long entry(int position) {
    return entries[position];
  }

  /** Until when the attempt can go on. */
  long end(int position) {
    return ends[position];
  }

  int step(int position) {
    return steps[position];
  }

  void tell(int position, Attempt attempt) {
    attempt.clear();
    for (int at = position; at != NONE; at = before[at]) {
      attempt.done(steps[at], events[at], times[at]);
    }
  }

  private int add(int step, int event, long time, int previous, long entry, long end) {
    if (size == steps.length) {
      grow(size * 2);
    }
    steps[size] = step;
    events[size] = event;
    times[size] = time;
    before[size] = previous;
    entries[size] = entry;
    ends[size] = end;
    return size++;
  }

  private void grow(int length) {
    steps = Arrays.copyOf(steps, length);
    events = Arrays.copyOf(events, length);
    before = Arrays.copyOf(before, length);
    times = Arrays.copyOf(times, length);
    entries = Arrays.copyOf(entries, length);
    ends = Arrays.copyOf(ends, length);
  }
}
