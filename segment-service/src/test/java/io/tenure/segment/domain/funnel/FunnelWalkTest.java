package io.tenure.segment.domain.funnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyFixture;
import io.tenure.segment.domain.journey.Packing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FunnelWalkTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int MOST_VALUES = 10_000;

  /** An event: which step it is, when, and its product. */
  private record Event(int step, long second, String product) {}

  @Test
  void ofTwoStretchesThatGetEquallyFarTheEarlierCounts() {
    FunnelTallies tallies = tallies(FunnelSplit.held(List.of("product")));
    tallies.visit(journey(new Event(0, 60, "later"), new Event(0, 0, "earlier")));
    assertThat(values(tallies)).containsExactly("earlier: 1, 0");
  }

  @Test
  void aLaterStretchCountsWhenItGetsFurther() {
    FunnelTallies tallies = tallies(FunnelSplit.held(List.of("product")));
    tallies.visit(
        journey(new Event(0, 0, "earlier"), new Event(0, 60, "later"), new Event(1, 70, "later")));
    assertThat(values(tallies)).containsExactly("later: 1, 1");
  }

  @Test
  void valuesThatAreNotShownHaveEachUserOnceTogether() {
    FunnelTallies tallies =
        new FunnelTallies(query(FunnelEntry.TOTALS, FunnelSplit.NONE, 1), List.of());
    tallies.visit(journey(new Event(0, 0, "most"), new Event(0, 9_000, "most")));
    tallies.visit(
        journey(
            new Event(0, 0, "one"),
            new Event(1, 1, "one"),
            new Event(0, 9_000, "two"),
            new Event(0, 18_000, "most")));
    tallies.visit(journey(new Event(0, 0, "one")));
    Funnel funnel = tallies.result(START);
    assertThat(values(tallies)).containsExactly("most: 2, 0");
    assertThat(funnel.values().all()).isEqualTo(3);
    List<Funnel.Step> others = java.util.Objects.requireNonNull(funnel.values().others());
    assertThat(others).extracting(Funnel.Step::users).containsExactly(2L, 1L);
    assertThat(others).extracting(Funnel.Step::attempts).containsExactly(3L, 1L);
    assertThat(others).extracting(Funnel.Step::lostUsers).containsExactly(0L, 2L);
  }

  @Test
  void refusesABreakdownWithTooManyValues() {
    FunnelTallies tallies = tallies(FunnelSplit.NONE);
    for (int user = 0; user < MOST_VALUES; user++) {
      tallies.visit(journey(new Event(0, 0, "value " + user)));
    }
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> tallies.visit(journey(new Event(0, 0, "one more"))));
    assertThat(failure).hasMessageContaining("10000 values");
  }

  private static Journey journey(Event... events) {
    List<String> products = Arrays.stream(events).map(Event::product).distinct().toList();
    return JourneyFixture.journey(
        2,
        Arrays.stream(events)
            .mapToLong(
                event ->
                    new Packing(2)
                        .pack(START.plusSeconds(event.second()).toEpochMilli(), 1 << event.step())),
        new int[0][],
        new int[][] {
          IntStream.range(0, events.length)
              .map(event -> products.indexOf(events[event].product()) + 1)
              .toArray()
        },
        Arrays.stream(events).map(event -> "=" + event.product()).toArray(String[]::new));
  }

  private static List<String> values(FunnelTallies tallies) {
    return tallies.result(START).values().shown().stream()
        .map(
            value ->
                value.value()
                    + ": "
                    + value.steps().getFirst().users()
                    + ", "
                    + value.steps().getLast().users())
        .toList();
  }

  private static FunnelTallies tallies(FunnelSplit split) {
    return new FunnelTallies(query(FunnelEntry.FURTHEST, split, 1_000), List.of());
  }

  private static FunnelQuery query(FunnelEntry entry, FunnelSplit split, int limit) {
    FunnelRules ordered = FunnelRules.ordered(2, Duration.ofHours(1));
    return new FunnelQuery(
        new Scope(new TimeRange(START, START.plus(Duration.ofDays(1))), ZoneId.of("UTC"), null),
        Stream.of("Open", "Buy").map(EventSelector::named).toList(),
        0,
        List.of(),
        new FunnelRules(ordered.steps(), ordered.order(), entry, ordered.window(), List.of()),
        split.by(new Breakdown(new Column.Property("product"), 0, limit)));
  }
}
