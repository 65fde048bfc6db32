package io.tenure.segment.domain.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Hand-worked cases for every trap of ordered funnels, and all others against a naive search. */
final class FunnelFoldTest {

  private static final int A = 1;
  private static final int B = 2;
  private static final int C = 4;

  private static final Duration HOUR = Duration.ofMinutes(60);

  @Test
  void countsStepsInOrderOnly() {
    assertThat(reached(3, HOUR, at(0, A), at(1, B), at(2, C))).isEqualTo(3);
    assertThat(reached(3, HOUR, at(0, A), at(1, C), at(2, B))).isEqualTo(2);
    assertThat(reached(3, HOUR, at(0, B), at(1, C))).isZero();
  }

  @Test
  void triesEveryEntry() {
    FunnelFold fold = new FunnelFold(3, Duration.ofMillis(60));
    long[] journey = {at(3, 0, A), at(3, 30, A), at(3, 45, B), at(3, 75, C)};
    assertThat(fold.fold(journey)).isEqualTo(3);
    assertThat(fold.timeOf(0)).isEqualTo(30);
    assertThat(fold.timeOf(2)).isEqualTo(75);
  }

  @Test
  void anEarlierEntryIsNotForgottenForALaterOneThatGetsNowhere() {
    assertThat(reached(3, HOUR, at(0, A), at(10, B), at(20, A), at(50, C))).isEqualTo(3);
  }

  @Test
  void theWindowIncludesItsLastMillisecond() {
    long[] journey = {at(2, 0, A), at(2, 60, B)};
    assertThat(new FunnelFold(2, Duration.ofMillis(60)).fold(journey)).isEqualTo(2);
    assertThat(new FunnelFold(2, Duration.ofMillis(59)).fold(journey)).isEqualTo(1);
  }

  @Test
  void theWindowCountsFromTheFirstStepNotFromTheStepBefore() {
    assertThat(reached(3, HOUR, at(0, A), at(50, B), at(61, C))).isEqualTo(2);
  }

  @Test
  void eventsOfOneInstantTakeAnyHelpfulOrder() {
    assertThat(reached(3, HOUR, at(5, C), at(5, B), at(5, A))).isEqualTo(3);
    assertThat(reached(3, HOUR, at(0, A), at(5, C), at(5, B))).isEqualTo(3);
  }

  @Test
  void oneEventServesOneStepOnly() {
    assertThat(reached(2, HOUR, at(0, A | B))).isEqualTo(1);
    assertThat(reached(2, HOUR, at(0, A | B), at(0, A | B))).isEqualTo(2);
    assertThat(reached(3, HOUR, at(0, A | B | C), at(1, A | B | C))).isEqualTo(2);
    assertThat(reached(3, HOUR, at(0, A), at(1, B | C))).isEqualTo(2);
  }

  @Test
  void tiedEventsAreGivenToTheStepsTheyHelpMost() {
    assertThat(reached(3, HOUR, at(0, A), at(1, B | C), at(1, B))).isEqualTo(3);
    assertThat(reached(3, HOUR, at(0, A | B), at(0, A), at(0, B | C))).isEqualTo(3);
    assertThat(reached(3, HOUR, at(0, A), at(0, C), at(0, A | C))).isEqualTo(1);
  }

  @Test
  void aRepeatedStepNeedsARepeatedEvent() {
    assertThat(reached(2, HOUR, at(0, A | B), at(1, A | B))).isEqualTo(2);
    assertThat(reached(2, HOUR, at(0, A | B), at(61, A | B))).isEqualTo(1);
  }

  @Test
  void keepsTheTimesOfTheFirstAttemptThatGotFurthest() {
    FunnelFold fold = new FunnelFold(2, HOUR);
    assertThat(fold.fold(new long[] {at(2, 10, A), at(2, 12, B), at(2, 20, A), at(2, 50, B)}))
        .isEqualTo(2);
    assertThat(fold.timeOf(0)).isEqualTo(10);
    assertThat(fold.timeOf(1)).isEqualTo(12);
  }

  @Test
  void forgetsOneUserBeforeTheNext() {
    FunnelFold fold = new FunnelFold(2, HOUR);
    assertThat(fold.fold(new long[] {at(2, 0, A), at(2, 1, B)})).isEqualTo(2);
    assertThat(fold.fold(new long[] {at(2, 2, B)})).isZero();
  }

  @Test
  void aBotWithManyEventsOfOneInstantIsFoldedAtOnce() {
    long[] journey = LongStream.range(0, 200_000).map(_ -> at(3, 7, A | B | C)).toArray();
    assertThat(new FunnelFold(3, HOUR).fold(journey)).isEqualTo(3);
  }

  @Test
  void agreesWithTheNaiveSearchOnEveryShortHistory() {
    Generator<List<Event>> histories =
        Generator.lists(
            Generator.integers(0, 12 * 16 - 1)
                .map(code -> new Event(code / 16, code % 16), e -> e.time() * 16 + e.mask()),
            8);
    Property.forAll(
        20_000,
        histories,
        history -> {
          Duration window = Duration.ofMillis(4);
          long[] journey =
              history.stream().mapToLong(event -> at(4, event.time(), event.mask())).toArray();
          FunnelFold fold = new FunnelFold(4, window);
          int reached = fold.fold(journey);
          assertThat(reached).isEqualTo(furthest(history, 4, window.toMillis()));
          for (int step = 1; step < reached; step++) {
            assertThat(fold.timeOf(step)).isGreaterThanOrEqualTo(fold.timeOf(step - 1));
          }
          if (reached > 0) {
            assertThat(fold.timeOf(reached - 1) - fold.timeOf(0)).isLessThanOrEqualTo(4);
          }
        });
  }

  private record Event(int time, int mask) {}

  /** Every way to choose different events for the steps, in order of time. */
  private static int furthest(List<Event> events, int steps, long window) {
    int best = 0;
    for (Event first : events) {
      if ((first.mask() & 1) != 0) {
        List<Event> rest = new ArrayList<>(events);
        rest.remove(first);
        best = Math.max(best, furthest(rest, first.time() + window, first, 1, steps));
      }
    }
    return best;
  }

  private static int furthest(List<Event> left, long end, Event last, int step, int steps) {
    int best = step;
    if (step == steps) {
      return best;
    }
    for (Event next : left) {
      boolean follows = next.time() >= last.time() && next.time() <= end;
      if (follows && (next.mask() & 1 << step) != 0) {
        List<Event> rest = new ArrayList<>(left);
        rest.remove(next);
        best = Math.max(best, furthest(rest, end, next, step + 1, steps));
      }
    }
    return best;
  }

  private static int reached(int steps, Duration window, long... minutesAndMasks) {
    long[] journey =
        LongStream.of(minutesAndMasks)
            .map(packed -> at(steps, packed >>> 8, (int) (packed & 0xff)))
            .toArray();
    return new FunnelFold(steps, window).fold(journey);
  }

  /** A time in minutes with a mask, to be packed for the number of steps. */
  private static long at(long minute, int mask) {
    return ((minute * 60_000) << 8) | mask;
  }

  private static long at(int steps, long millis, int mask) {
    return new Packing(steps).pack(millis, mask);
  }
}
