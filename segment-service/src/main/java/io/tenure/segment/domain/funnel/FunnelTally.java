package io.tenure.segment.domain.funnel;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Adds up the folds of all users. */
final class FunnelTally {

  private final List<EventSelector> steps;
  private final long[] users;
  private final List<LongStream.Builder> gaps;

  FunnelTally(List<EventSelector> steps) {
    this.steps = steps;
    this.users = new long[steps.size()];
    this.gaps = steps.stream().map(_ -> LongStream.builder()).toList();
  }

  void add(FunnelFold fold, int reached) {
    for (int step = 0; step < reached; step++) {
      users[step]++;
      if (step > 0) {
        gaps.get(step).add(fold.timeOf(step) - fold.timeOf(step - 1));
      }
    }
  }

  Funnel result(Freshness freshness) {
    List<Funnel.Step> result = new ArrayList<>();
    for (int step = 0; step < users.length; step++) {
      result.add(
          new Funnel.Step(
              steps.get(step).name(),
              users[step],
              users[Math.max(0, step - 1)],
              users[0],
              median(gaps.get(step).build().sorted().toArray())));
    }
    return new Funnel(List.copyOf(result), freshness);
  }

  private static @Nullable Duration median(long[] sorted) {
    if (sorted.length == 0) {
      return null;
    }
    long low = sorted[(sorted.length - 1) / 2];
    long high = sorted[sorted.length / 2];
    return Duration.ofMillis(low).plus(Duration.ofMillis(high)).dividedBy(2);
  }
}
