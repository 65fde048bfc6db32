package io.tenure.segment.domain.path;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.util.Arrays;

/**
 * All paths, user by user. They are kept because which nodes of a step are shown is known only when
 * all have been seen, and reading them again would cost more than the memory.
 */
final class PathLog {

  private static final int HEADER = 3;

  /** About a quarter gigabyte. */
  private static final int LONGEST = 20_000_000;

  private final int steps;
  private int[] entries = new int[1024];
  private long[] times = new long[1024];
  private int size;

  PathLog(int steps) {
    this.steps = steps;
  }

  /** Takes one path after another. */
  @FunctionalInterface
  interface Reader {
    void path(long user, int session, Walk walk);
  }

  void add(long user, int session, Walk walk) {
    int length = HEADER + walk.length();
    if (size + length > LONGEST) {
      throw Failure.of(
          Reason.RESOURCE_EXHAUSTED,
          "The map has too many paths; a shorter range or a rarer start has fewer");
    }
    if (size + length > entries.length) {
      entries = Arrays.copyOf(entries, entries.length * 2);
      times = Arrays.copyOf(times, times.length * 2);
    }
    entries[size] = (int) user;
    entries[size + 1] = session;
    entries[size + 2] = walk.length() << 2 | walk.end().ordinal();
    for (int step = 0; step < walk.length(); step++) {
      entries[size + HEADER + step] = walk.node(step);
      times[size + HEADER + step] = walk.time(step);
    }
    size += length;
  }

  void read(Reader reader) {
    Walk walk = new Walk(steps);
    int at = 0;
    while (at < size) {
      int length = entries[at + 2] >>> 2;
      walk.clear();
      walk.ends(Walk.End.values()[entries[at + 2] & 3]);
      for (int step = 0; step < length; step++) {
        walk.add(entries[at + HEADER + step], times[at + HEADER + step]);
      }
      reader.path(Integer.toUnsignedLong(entries[at]), entries[at + 1], walk);
      at += HEADER + length;
    }
  }
}
