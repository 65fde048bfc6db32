package io.tenure.segment.domain.funnel;

/**
 * How an event travels from the store to the fold: its time in milliseconds, shifted left to make
 * room for one bit for each step it can serve and one for each exclusion it is. Twenty-one bits and
 * times up to the year 2100 need 63, so packed events are never negative and sort by time.
 *
 * @param steps number of steps, 1 to 20
 * @param exclusions number of exclusions
 */
public record Packing(int steps, int exclusions) {

  /** Most steps of a funnel. */
  public static final int MAX_STEPS = 20;

  private static final int MAX_BITS = 21;

  /** Accepts what has room. */
  public Packing {
    require(steps, exclusions);
  }

  static void require(int steps, int exclusions) {
    if (steps < 1 || steps > MAX_STEPS) {
      throw new IllegalArgumentException("Needs 1 to " + MAX_STEPS + " steps");
    }
    if (steps + exclusions > MAX_BITS) {
      throw new IllegalArgumentException("Steps and exclusions together are at most " + MAX_BITS);
    }
  }

  /** Packs a time in milliseconds with the steps and exclusions of an event. */
  public long pack(long millis, int mask) {
    return millis << bits() | mask;
  }

  /** How far the time is shifted. */
  public int bits() {
    return steps + exclusions;
  }

  long millis(long packed) {
    return packed >>> bits();
  }

  /** The steps the event can serve. */
  int mask(long packed) {
    return (int) packed & ((1 << steps) - 1);
  }

  /** The exclusions the event is. */
  int excluded(long packed) {
    return (int) (packed >>> steps) & ((1 << exclusions) - 1);
  }
}
