package io.tenure.segment.domain.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.segment.domain.journey.Packing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Hand-worked cases for every trap of ordered funnels. */
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
    long[] journey = {at(3, 0, A), at(3, 30, A), at(3, 45, B), at(3, 75, C)};
    assertThat(fold(3, Duration.ofMillis(60), journey)).isEqualTo(new Found(3, 30, 75));
  }

  @Test
  void anEarlierEntryIsNotForgottenForALaterOneThatGetsNowhere() {
    assertThat(reached(3, HOUR, at(0, A), at(10, B), at(20, A), at(50, C))).isEqualTo(3);
  }

  @Test
  void theWindowIncludesItsLastMillisecond() {
    long[] journey = {at(2, 0, A), at(2, 60, B)};
    assertThat(fold(2, Duration.ofMillis(60), journey).reached()).isEqualTo(2);
    assertThat(fold(2, Duration.ofMillis(59), journey).reached()).isEqualTo(1);
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
    assertThat(fold(2, HOUR, at(2, 10, A), at(2, 12, B), at(2, 20, A), at(2, 50, B)))
        .isEqualTo(new Found(2, 10, 12));
  }

  @Test
  void forgetsOneUserBeforeTheNext() {
    FunnelFold fold = FunnelFold.of(FunnelRules.ordered(2, HOUR), Long.MAX_VALUE);
    List<Integer> reached = new ArrayList<>();
    fold.fold(new long[] {at(2, 0, A), at(2, 1, B)}, attempt -> reached.add(attempt.reached()));
    fold.fold(new long[] {at(2, 2, B)}, attempt -> reached.add(attempt.reached()));
    assertThat(reached).containsExactly(2);
  }

  @Test
  void aBotWithManyEventsOfOneInstantIsFoldedAtOnce() {
    long[] journey = LongStream.range(0, 200_000).map(_ -> at(3, 7, A | B | C)).toArray();
    assertThat(fold(3, HOUR, journey).reached()).isEqualTo(3);
  }

  @Test
  void theWaysToCountAttemptsDiffer() {
    long[] journey = {
      at(3, 0, A), at(3, 30, A), at(3, 45, B), at(3, 75, C), at(3, 80, A), at(3, 90, B)
    };
    assertThat(reached(FunnelEntry.FURTHEST, journey)).containsExactly(3);
    assertThat(reached(FunnelEntry.FIRST, journey)).containsExactly(2);
    assertThat(reached(FunnelEntry.TOTALS, journey)).containsExactly(2, 2);
  }

  private static List<Integer> reached(FunnelEntry entry, long[] journey) {
    FunnelRules rules =
        new FunnelRules(
            Collections.nCopies(3, StepRule.REQUIRED),
            FunnelOrder.ORDERED,
            entry,
            new FunnelWindow.Within(Duration.ofMillis(60)),
            List.of());
    List<Integer> reached = new ArrayList<>();
    FunnelFold.of(rules, Long.MAX_VALUE).fold(journey, attempt -> reached.add(attempt.reached()));
    return reached;
  }

  @Test
  void aDayLastsAsLongAsItDoes() {
    FunnelWindow day = new FunnelWindow.SameDay(ZoneId.of("Europe/Berlin"));
    long noonBeforeClocksGoBack = Instant.parse("2026-10-25T10:00:00Z").toEpochMilli();
    assertThat(Instant.ofEpochMilli(day.lastMillis(noonBeforeClocksGoBack)))
        .isEqualTo("2026-10-25T22:59:59.999Z");
    assertThat(day.latest(Instant.parse("2026-10-25T22:00:00Z"))).isEqualTo("2026-10-25T23:00:00Z");
  }

  private static int reached(int steps, Duration window, long... minutesAndMasks) {
    long[] journey =
        LongStream.of(minutesAndMasks)
            .map(packed -> at(steps, packed >>> 8, (int) (packed & 0xff)))
            .toArray();
    return fold(steps, window, journey).reached();
  }

  /** How far the best attempt got, with the times of its first and last step. */
  private record Found(int reached, long first, long last) {}

  private static Found fold(int steps, Duration window, long... journey) {
    Arrays.sort(journey);
    List<Found> found = new ArrayList<>();
    FunnelFold.of(FunnelRules.ordered(steps, window), Long.MAX_VALUE)
        .fold(
            journey,
            attempt ->
                found.add(
                    new Found(
                        attempt.reached(),
                        attempt.timeOf(0),
                        attempt.timeOf(attempt.reached() - 1))));
    return found.isEmpty() ? new Found(0, 0, 0) : found.getFirst();
  }

  /** A time in minutes with a mask, to be packed for the number of steps. */
  private static long at(long minute, int mask) {
    return ((minute * 60_000) << 8) | mask;
  }

  private static long at(int steps, long millis, int mask) {
    return new Packing(steps).pack(millis, mask);
  }
}
