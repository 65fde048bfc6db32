package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.funnel.Funnel.Bar;
import io.tenure.segment.domain.funnel.Funnel.Conversion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects lengths of time in milliseconds. */
final class Times {

  private long[] times = new long[8];
  private int size;

  void add(long millis) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
    }
    times[size++] = millis;
  }

  Conversion conversion() {
    long[] sorted = sorted();
    return new Conversion(median(sorted), histogram(sorted));
  }

  @Nullable Duration median() {
    return median(sorted());
  }

  private long[] sorted() {
    long[] sorted = Arrays.copyOf(times, size);
    Arrays.sort(sorted);
    return sorted;
  }

  private static @Nullable Duration median(long[] sorted) {
    if (sorted.length == 0) {
      return null;
    }
    long low = sorted[(sorted.length - 1) / 2];
    long high = sorted[sorted.length / 2];
    return Duration.ofMillis(low).plus(Duration.ofMillis(high)).dividedBy(2);
  }

  private static List<Bar> histogram(long[] sorted) {
    if (sorted.length == 0) {
      return List.of();
    }
    long least = sorted[0];
    long range = sorted[sorted.length - 1] - least;
    int bars = range == 0 ? 1 : (int) Math.ceil(Math.cbrt(sorted.length));
    long width = Math.max(1, (long) Math.ceil((double) range / bars));
    long[] counts = new long[bars];
    for (long time : sorted) {
      counts[(int) Math.min(bars - 1, (time - least) / width)]++;
    }
    List<Bar> histogram = new ArrayList<>();
    for (int bar = 0; bar < bars; bar++) {
      histogram.add(
          new Bar(
              Duration.ofMillis(least + bar * width),
              Duration.ofMillis(least + (bar + 1) * width),
              counts[bar]));
    }
    return List.copyOf(histogram);
  }
}
