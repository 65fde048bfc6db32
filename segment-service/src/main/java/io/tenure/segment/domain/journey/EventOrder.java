package io.tenure.segment.domain.journey;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The order of events that came in any, without those whose key came before. */
final class EventOrder {

  private static final int INDEX_BITS = 22;
  private static final int FEW = 16;

  private EventOrder() {}

  /** For each event in order where it came. */
  static int[] of(long[] packed, Packing packing, long[] keys) {
    int[] sources = byTime(packed, packing);
    for (int first = 0; first < sources.length; ) {
      long time = packing.millis(packed[sources[first]]);
      int end = first + 1;
      while (end < sources.length && packing.millis(packed[sources[end]]) == time) {
        end++;
      }
      sortByKey(sources, first, end, keys);
      first = end;
    }
    return Arrays.copyOf(sources, distinct(sources, keys));
  }

  /** Sorts times with the places they came from in their low bits, without an object for each. */
  private static int[] byTime(long[] packed, Packing packing) {
    if (packed.length >= 1 << INDEX_BITS) {
      throw Failure.of(Reason.RESOURCE_EXHAUSTED, "One user has more than four million events");
    }
    long least = Long.MAX_VALUE;
    for (long event : packed) {
      least = Math.min(least, packing.millis(event));
    }
    long[] places = new long[packed.length];
    for (int index = 0; index < packed.length; index++) {
      places[index] = (packing.millis(packed[index]) - least) << INDEX_BITS | index;
    }
    Arrays.sort(places);
    int[] sources = new int[packed.length];
    for (int index = 0; index < places.length; index++) {
      sources[index] = (int) places[index] & ((1 << INDEX_BITS) - 1);
    }
    return sources;
  }

  private static void sortByKey(int[] sources, int first, int end, long[] keys) {
    if (end - first > FEW) {
      int[] sorted =
          IntStream.range(first, end)
              .mapToObj(index -> sources[index])
              .sorted(Comparator.comparingLong(source -> keys[source] + Long.MIN_VALUE))
              .mapToInt(Integer::intValue)
              .toArray();
      System.arraycopy(sorted, 0, sources, first, sorted.length);
      return;
    }
    for (int index = first + 1; index < end; index++) {
      int source = sources[index];
      int place = index;
      while (place > first && Long.compareUnsigned(keys[sources[place - 1]], keys[source]) > 0) {
        sources[place] = sources[--place];
      }
      sources[place] = source;
    }
  }

  /** Moves the first event of each key to the front, in order; tells how many there are. */
  private static int distinct(int[] sources, long[] keys) {
    int places = Integer.highestOneBit(Math.max(4, sources.length)) * 4;
    int[] table = new int[places];
    int size = 0;
    for (int source : sources) {
      int place = Long.hashCode(keys[source] * 0x9E3779B97F4A7C15L) & places - 1;
      while (table[place] != 0 && keys[table[place] - 1] != keys[source]) {
        place = place + 1 & places - 1;
      }
      if (table[place] == 0) {
        table[place] = source + 1;
        sources[size++] = source;
      }
    }
    return size;
  }
}
