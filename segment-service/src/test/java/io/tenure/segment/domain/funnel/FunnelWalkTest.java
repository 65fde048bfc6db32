package io.tenure.segment.domain.funnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Packing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FunnelWalkTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int MOST_VALUES = 10_000;

  @Test
  void ofTwoJourneysThatGetEquallyFarTheEarlierCounts() {
    FunnelTallies tallies = new FunnelTallies(query(List.of("product")));
    FunnelWalk walk = new FunnelWalk(query(List.of("product")), tallies, _ -> {});

    walk.visit(1, journey("later", 60));
    walk.visit(1, journey("earlier", 0));
    walk.end();

    assertThat(values(tallies)).containsExactly("earlier: 1, 0");
  }

  @Test
  void aLaterJourneyCountsWhenItGetsFurther() {
    FunnelTallies tallies = new FunnelTallies(query(List.of("product")));
    FunnelWalk walk = new FunnelWalk(query(List.of("product")), tallies, _ -> {});

    walk.visit(1, journey("earlier", 0));
    walk.visit(1, journey("later", 60, 70));
    walk.end();

    assertThat(values(tallies)).containsExactly("later: 1, 1");
  }

  @Test
  void refusesABreakdownWithTooManyValues() {
    FunnelTallies tallies = new FunnelTallies(query(List.of()));
    FunnelWalk walk = new FunnelWalk(query(List.of()), tallies, _ -> {});
    for (int user = 0; user < MOST_VALUES; user++) {
      walk.visit(user, journey("value " + user, 0));
    }

    Failure failure =
        catchThrowableOfType(Failure.class, () -> walk.visit(MOST_VALUES, journey("one more", 0)));

    assertThat(failure.violations())
        .extracting(FieldViolation::field)
        .containsExactly("query.breakdown.property");
    assertThat(tallies.result(START).values()).hasSizeGreaterThanOrEqualTo(MOST_VALUES);
  }

  /** An entry at so many seconds, perhaps followed by the second step. */
  private static Journey journey(String value, long... seconds) {
    long[] events = new long[seconds.length];
    for (int event = 0; event < events.length; event++) {
      events[event] =
          new Packing(2).pack(START.plusSeconds(seconds[event]).toEpochMilli(), 1 << event);
    }
    return new Journey(
        events, List.of(Stream.generate(() -> "=" + value).limit(events.length).toList()));
  }

  private static List<String> values(FunnelTallies tallies) {
    return tallies.result(START).values().stream()
        .map(
            value ->
                value.value()
                    + ": "
                    + value.steps().getFirst().users()
                    + ", "
                    + value.steps().getLast().users())
        .toList();
  }

  private static FunnelQuery query(List<String> held) {
    Breakdown breakdown = new Breakdown(new Column.Property("product"), 0);
    return new FunnelQuery(
        new Scope(new TimeRange(START, START.plus(Duration.ofDays(1))), ZoneId.of("UTC"), null),
        Stream.of("Open", "Buy").map(EventSelector::named).toList(),
        List.of(),
        FunnelRules.ordered(2, Duration.ofHours(1)),
        new FunnelSplit(held, breakdown, null));
  }
}
