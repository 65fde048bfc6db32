package io.tenure.segment.domain.funnel;

/**
 * How an event travels from the store to the fold: its time in milliseconds shifted left by the
 * number of steps, with one bit for each step the event can serve. Twenty steps and times up to the
 * year 2100 need 62 bits, so packed events are never negative and sort by time.
 *
 * @param steps number of steps, 1 to 20
 */
public record Packing(int steps) {

  /** Most steps a packed event has room for. */
  public static final int MAX_STEPS = 20;

  /** Accepts 1 to 20 steps. */
  public Packing {
    if (steps < 1 || steps > MAX_STEPS) {
      throw new IllegalArgumentException("Needs 1 to " + MAX_STEPS + " steps");
    }
  }

  /** Packs a time in milliseconds and the steps the event can serve. */
  public long pack(long millis, int mask) {
    return millis << steps | mask;
  }

  long millis(long packed) {
    return packed >>> steps;
  }

  int mask(long packed) {
    return (int) (packed & ((1L << steps) - 1));
  }
}
