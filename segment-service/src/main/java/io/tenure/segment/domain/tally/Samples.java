package io.tenure.segment.domain.tally;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Collects lengths of time in milliseconds, each with the user it comes from. */
public final class Samples {

  private long[] values = new long[4];
  private long[] users = new long[4];
  private int size;

  /** Adds one. */
  public void add(long user, long millis) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
      users = Arrays.copyOf(users, size * 2);
    }
    values[size] = millis;
    users[size++] = user;
  }

  /** Adds those of another collection. */
  public void addAll(Samples other) {
    for (int index = 0; index < other.size; index++) {
      add(other.users[index], other.values[index]);
    }
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** How they spread; null without any. */
  public @Nullable Spread spread() {
    if (size == 0) {
      return null;
    }
    long[] sorted = sorted();
    return new Spread(
        size,
        Duration.ofMillis(sorted[0]),
        quantile(sorted, 1, 4),
        quantile(sorted, 1, 2),
        quantile(sorted, 3, 4),
        quantile(sorted, 9, 10),
        Duration.ofMillis(sorted[size - 1]),
        Duration.ofMillis(LongStream.of(sorted).sum()).dividedBy(size));
  }

  /** The middle one, or the mean of the two in the middle; null without any. */
  public @Nullable Duration median() {
    return size == 0 ? null : quantile(sorted(), 1, 2);
  }

  /** All of them together. */
  public long sum() {
    return Arrays.stream(values, 0, size).sum();
  }

  /** The median of samples that are numbers and no times; 0 without any. */
  public double medianCount() {
    if (size == 0) {
      return 0;
    }
    long[] sorted = sorted();
    return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0;
  }

  /** Equally wide bars, as many as the cube root of the number of samples, rounded up. */
  public List<Bar> histogram() {
    if (size == 0) {
      return List.of();
    }
    Bars bars = bars();
    long[] counts = new long[bars.count()];
    for (int index = 0; index < size; index++) {
      counts[bars.indexOf(values[index])]++;
    }
    List<Bar> histogram = new ArrayList<>();
    for (int bar = 0; bar < bars.count(); bar++) {
      histogram.add(
          new Bar(
              Duration.ofMillis(bars.least() + bar * bars.width()),
              Duration.ofMillis(bars.least() + (bar + 1) * bars.width()),
              counts[bar],
              users(bar).length));
    }
    return List.copyOf(histogram);
  }

  /** The users of one bar, ascending. */
  public long[] users(int bar) {
    if (size == 0) {
      return new long[0];
    }
    Bars bars = bars();
    return IntStream.range(0, size)
        .filter(index -> bars.indexOf(values[index]) == bar)
        .mapToLong(index -> users[index])
        .sorted()
        .distinct()
        .toArray();
  }

  /** All users, ascending. */
  public long[] users() {
    return Arrays.stream(users, 0, size).sorted().distinct().toArray();
  }

  private Bars bars() {
    long least = Arrays.stream(values, 0, size).min().orElseThrow();
    long range = Arrays.stream(values, 0, size).max().orElseThrow() - least;
    int count = range == 0 ? 1 : (int) Math.ceil(Math.cbrt(size));
    return new Bars(least, Math.max(1, Math.ceilDiv(range, count)), count);
  }

  private long[] sorted() {
    long[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Between two samples in proportion (Hyndman and Fan 1996, definition 7). */
  private static Duration quantile(long[] sorted, int part, int parts) {
    long place = (sorted.length - 1L) * part;
    int low = (int) (place / parts);
    Duration lower = Duration.ofMillis(sorted[low]);
    long rest = place % parts;
    return rest == 0
        ? lower
        : lower.plus(
            Duration.ofMillis(sorted[low + 1] - sorted[low]).multipliedBy(rest).dividedBy(parts));
  }

  /**
   * Samples of at least {@code from} and less than {@code to}; the last bar includes it.
   *
   * @param samples how many
   * @param users of how many users
   */
  public record Bar(Duration from, Duration to, long samples, long users) {}

  private record Bars(long least, long width, int count) {
    int indexOf(long value) {
      return (int) Math.min(count - 1, (value - least) / width);
    }
  }
}
