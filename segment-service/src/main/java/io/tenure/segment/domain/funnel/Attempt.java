package io.tenure.segment.domain.funnel;

import java.util.Arrays;

/**
 * How far one attempt got, and by which events. Folds reuse it: what it says is valid while they
 * hand it over.
 */
public final class Attempt {

  /** Stands for the event of a step that was not done. */
  public static final int NOT_DONE = -1;

  private final int[] events;
  private final long[] times;
  private int reached;

  Attempt(int steps) {
    this.events = new int[steps];
    this.times = new long[steps];
  }

  /** One past the furthest step done; 0 when there was no attempt. */
  public int reached() {
    return reached;
  }

  /** Whether a step was done; optional ones before the furthest may not have been. */
  public boolean did(int step) {
    return step < reached && events[step] != NOT_DONE;
  }

  /** Index of the event that did a step, in the order of time. */
  public int eventOf(int step) {
    return events[step];
  }

  /** When a step was done, in milliseconds. */
  public long timeOf(int step) {
    return times[step];
  }

  void copy(Attempt other) {
    System.arraycopy(other.events, 0, events, 0, events.length);
    System.arraycopy(other.times, 0, times, 0, times.length);
    reached = other.reached;
  }

  void clear() {
    reached = 0;
    Arrays.fill(events, NOT_DONE);
  }

  void done(int step, int event, long time) {
    events[step] = event;
    times[step] = time;
    reached = Math.max(reached, step + 1);
  }
}
