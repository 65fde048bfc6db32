package io.tenure.segment.domain.attribution;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The touches that can serve the next conversion, oldest first. How many there are of each source
 * and what they weigh is kept up to date, so a conversion costs the sources and not the touches.
 */
final class Touches {

  static final int NONE = -1;

  private final double halfLife;
  private final Map<Integer, Source> sources = new LinkedHashMap<>();
  private long[] times = new long[8];
  private int[] keys = new int[8];
  private int first;
  private int end;
  private int lastIndirect = NONE;

  Touches(double halfLifeMillis) {
    this.halfLife = halfLifeMillis;
  }

  /** Touches of one source. */
  static final class Source {
    private int count;

    /** What they weigh, by the weight of the last of them. */
    private double weight;

    private long last;

    int count() {
      return count;
    }
  }

  void add(int key, boolean direct, long time) {
    if (end == times.length) {
      compact();
    }
    times[end] = time;
    keys[end] = key;
    if (!direct) {
      lastIndirect = end;
    }
    end++;
    Source source = sources.computeIfAbsent(key, _ -> new Source());
    source.weight = source.weight * fading(time - source.last) + 1;
    source.last = time;
    source.count++;
  }

  /** Forgets touches before a time. */
  void expire(long time) {
    while (first < end && times[first] < time) {
      Source source = Objects.requireNonNull(sources.get(keys[first]));
      source.count--;
      source.weight = Math.max(0, source.weight - fading(source.last - times[first]));
      if (source.count == 0) {
        sources.remove(keys[first]);
      }
      first++;
    }
  }

  void clear() {
    first = end = 0;
    lastIndirect = NONE;
    sources.clear();
  }

  int size() {
    return end - first;
  }

  int firstKey() {
    return keys[first];
  }

  int lastKey() {
    return keys[end - 1];
  }

  /** Source of the last touch that is not direct; of the last one when all are. */
  int lastIndirectKey() {
    return lastIndirect >= first ? keys[lastIndirect] : lastKey();
  }

  Map<Integer, Source> sources() {
    return sources;
  }

  /** What a source weighs, by the weight of the last touch of all. */
  double weight(Source source) {
    return source.weight * fading(times[end - 1] - source.last);
  }

  /** Strict, so that every machine finds the same. */
  private double fading(long millis) {
    return StrictMath.pow(2, -millis / halfLife);
  }

  private void compact() {
    int used = end - first;
    int length = used > times.length / 2 ? times.length * 2 : times.length;
    times = Arrays.copyOf(Arrays.copyOfRange(times, first, end), length);
    keys = Arrays.copyOf(Arrays.copyOfRange(keys, first, end), length);
    lastIndirect = Math.max(NONE, lastIndirect - first);
    end = used;
    first = 0;
  }
}
