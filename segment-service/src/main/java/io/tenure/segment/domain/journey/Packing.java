package io.tenure.segment.domain.journey;

/**
 * How an event travels from the store to the fold: its time in milliseconds, shifted left to make
 * room for one bit for each selector that selects it. Twenty-one bits and times up to the year 2100
 * need 63, so packed events are never negative and sort by time.
 *
 * @param bits how many selectors there are
 */
public record Packing(int bits) {

  /** Most selectors. */
  public static final int MAX_BITS = 21;

  /** Accepts what has room. */
  public Packing {
    if (bits < 1 || bits > MAX_BITS) {
      throw new IllegalArgumentException("Asks for 1 to " + MAX_BITS + " kinds of events");
    }
  }

  /** Packs a time in milliseconds with one bit for each selector. */
  public long pack(long millis, int mask) {
    return millis << bits | mask;
  }

  /** When an event happened, in milliseconds. */
  public long millis(long packed) {
    return packed >>> bits;
  }

  /** One bit for each selector that selects the event. */
  public int mask(long packed) {
    return (int) packed & ((1 << bits) - 1);
  }
}
