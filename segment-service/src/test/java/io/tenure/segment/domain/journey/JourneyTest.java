package io.tenure.segment.domain.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JourneyTest {

  private record Event(long time, int mask, long key) {}

  @Test
  void ordersEventsByTimeAndKeyAndKeepsEachOnce() {
    Generator<Event> event =
        Generator.integers(0, 5 * 4 * 6 - 1)
            .map(
                number -> new Event(number % 5, number / 5 % 4, number / 20 - 3),
                it -> (int) (it.time() + 5 * it.mask() + 20 * (it.key() + 3)));
    Property.forAll(
        2_000,
        Generator.lists(event, 40),
        events -> assertThat(read(journey(events))).isEqualTo(naive(events)));
  }

  @Test
  void ordersFiftyThousandEventsOfOneInstant() {
    List<Event> events =
        IntStream.range(0, 50_000).mapToObj(key -> new Event(7, 1, key * 31L % 50_000)).toList();
    Journey journey = journey(events);
    assertThat(journey.size()).isEqualTo(50_000);
    assertThat(journey.code(0, 49_999)).isEqualTo(49_999);
  }

  /** The code of each event is its key, so that columns are seen to move with their events. */
  private static Journey journey(List<Event> events) {
    return Journey.of(
        1,
        new Packing(2),
        events.stream().mapToLong(event -> event.time() << 2 | event.mask()).toArray(),
        events.stream().mapToLong(Event::key).toArray(),
        new Journey.Attributes(
            new int[][] {events.stream().mapToInt(event -> (int) event.key()).toArray()},
            new int[0][],
            new String[0][]));
  }

  private static List<Event> read(Journey journey) {
    return IntStream.range(0, journey.size())
        .mapToObj(
            event -> new Event(journey.time(event), journey.mask(event), journey.code(0, event)))
        .toList();
  }

  /** Keys are unsigned. Of equal keys at one time the one that came first stays. */
  private static List<Event> naive(List<Event> events) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(
        Comparator.comparingLong(Event::time).thenComparing(Event::key, Long::compareUnsigned));
    TreeSet<Long> seen = new TreeSet<>();
    return sorted.stream().filter(event -> seen.add(event.key())).toList();
  }
}
