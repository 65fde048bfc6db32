package io.tenure.segment.domain.journey;

import java.util.stream.LongStream;

/** Journeys of one user, whose events have their places as keys. */
public final class JourneyFixture {

  private JourneyFixture() {}

  /** A journey of times, shifted left by the bits of a mask, with the masks. */
  public static Journey journey(
      int bits, LongStream packed, int[][] codes, int[][] related, String[]... texts) {
    long[] events = packed.toArray();
    return Journey.of(
        1,
        new Packing(bits),
        events,
        LongStream.range(0, events.length).toArray(),
        new Journey.Attributes(codes, related, texts));
  }
}
