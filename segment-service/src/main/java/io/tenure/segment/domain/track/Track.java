package io.tenure.segment.domain.track;

/**
 * One user's events by time, and those of one millisecond by their keys, which is arbitrary and
 * always the same; each once, also where it is stored twice.
 */
public final class Track {

  private final long user;
  private final TrackOrder order;
  private final long[] packed;
  private final int bits;
  private final int[][] codes;
  private final int[][] related;
  private final String[] amounts;

  private Track(
      long user,
      int bits,
      long[] packed,
      TrackOrder order,
      int[][] codes,
      int[][] related,
      String[] amounts) {
    this.user = user;
    this.bits = bits;
    this.packed = packed;
    this.order = order;
    this.codes = codes;
    this.related = related;
    this.amounts = amounts;
  }

  /**
   * A track of events in any order.
   *
   * @param bits of a mask
   * @param packed milliseconds, shifted left by the bits, with the mask
   * @param keys what tells events apart
   * @param codes for each coded attribute the number of each event
   * @param related the same for related attributes
   * @param amounts of each event, empty for none; empty when not asked for
   */
  public static Track of(
      long user,
      int bits,
      long[] packed,
      long[] keys,
      int[][] codes,
      int[][] related,
      String[] amounts) {
    return new Track(
        user, bits, packed, TrackOrder.of(packed, bits, keys), codes, related, amounts);
  }

  /** Whose events. */
  public long user() {
    return user;
  }

  /** How many events. */
  public int size() {
    return order.size();
  }

  /** When an event happened, in milliseconds. */
  public long time(int event) {
    return packed[order.source(event)] >>> bits;
  }

  /** One bit for each selector that selects an event. */
  public int mask(int event) {
    return (int) packed[order.source(event)] & ((1 << bits) - 1);
  }

  /** Whether one of some selectors selects an event. */
  public boolean is(int event, int mask) {
    return (mask(event) & mask) != 0;
  }

  /** Number of an event's text of a coded attribute. */
  public int code(int attribute, int event) {
    return codes[attribute][order.source(event)];
  }

  /**
   * Number of an event's text of a related attribute, {@link Dictionary#NONE} where it has none.
   */
  public int related(int attribute, int event) {
    return related[attribute][order.source(event)];
  }

  /** The amount's text; empty where there is none. */
  public String amount(int event) {
    return amounts[order.source(event)];
  }
}
