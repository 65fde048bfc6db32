package io.tenure.segment.domain.interval;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyFixture;
import io.tenure.segment.domain.journey.Relation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IntervalFoldPropertyTest {

  private static final long FROM = 3;
  private static final long UNTIL = 9;

  /** Mask: 1 start, 2 end, 3 both. The second relation is the one of the event as an end. */
  private record Event(long time, int mask, int first, int second) {}

  private record Found(long start, long length) {}

  @Test
  void intervalsAgreeWithTheNaiveEvaluator() {
    for (boolean firstStart : new boolean[] {false, true}) {
      for (boolean related : new boolean[] {false, true}) {
        agrees(firstStart, related);
      }
    }
  }

  private static void agrees(boolean firstStart, boolean related) {
    IntervalQuery query =
        new IntervalQuery(
            new Scope(
                new TimeRange(Instant.ofEpochMilli(FROM), Instant.ofEpochMilli(UNTIL)),
                ZoneId.of("UTC"),
                null),
            EventSelector.named("S"),
            EventSelector.named("E"),
            new IntervalRules(firstStart, Duration.ofMillis(4), false),
            related ? new Relation(new Column.Property("a"), new Column.Property("b")) : null,
            null);
    Property.forAll(
        6_000,
        histories(),
        events -> {
          List<Found> found = new ArrayList<>();
          new IntervalFold(query)
              .fold(journey(events), (start, length) -> found.add(new Found(start, length)));
          assertThat(found).isEqualTo(naive(events, firstStart, related));
        });
  }

  /** For each end in turn: every start before it that no end has taken, and whether it counts. */
  private static List<Found> naive(List<Event> events, boolean firstStart, boolean related) {
    List<Event> order = new ArrayList<>(events);
    order.sort(
        Comparator.comparingLong(Event::time)
            .thenComparing(event -> event.mask() == 1 ? 0 : event.mask() == 3 ? 1 : 2));
    List<Found> found = new ArrayList<>();
    boolean[] taken = new boolean[order.size()];
    for (int end = 0; end < order.size(); end++) {
      Event closing = order.get(end);
      if ((closing.mask() & 2) == 0) {
        continue;
      }
      List<Long> starts = new ArrayList<>();
      for (int start = 0; start < end; start++) {
        Event opening = order.get(start);
        boolean pairs =
            (opening.mask() & 1) != 0
                && !taken[start]
                && (!related || opening.first() != 0 && opening.first() == closing.second());
        if (pairs && closing.time() - opening.time() <= 4) {
          starts.add(opening.time());
          taken[start] = true;
        }
      }
      if (!starts.isEmpty()) {
        long start = firstStart ? starts.getFirst() : starts.getLast();
        if (start >= FROM && start < UNTIL) {
          found.add(new Found(start, closing.time() - start));
        }
      }
    }
    return found;
  }

  private static Journey journey(List<Event> events) {
    return JourneyFixture.journey(
        2,
        events.stream().mapToLong(event -> event.time() << 2 | event.mask()),
        new int[0][],
        new int[][] {
          events.stream().mapToInt(Event::first).toArray(),
          events.stream().mapToInt(Event::second).toArray()
        });
  }

  private static Generator<List<Event>> histories() {
    List<Event> kinds = new ArrayList<>();
    for (long time = 0; time < 12; time++) {
      for (int mask = 1; mask < 4; mask++) {
        for (int relation = 0; relation < 9; relation++) {
          kinds.add(new Event(time, mask, relation % 3, relation / 3));
        }
      }
    }
    return Generator.lists(Generator.of(kinds), 8);
  }
}
