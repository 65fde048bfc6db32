package io.tenure.segment.domain.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TrackTest {

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
        events -> assertThat(read(track(events))).isEqualTo(naive(events)));
  }

  @Test
  void ordersFiftyThousandEventsOfOneInstant() {
    List<Event> events =
        IntStream.range(0, 50_000).mapToObj(key -> new Event(7, 1, key * 31L % 50_000)).toList();
    Track track = track(events);
    assertThat(track.size()).isEqualTo(50_000);
    assertThat(track.code(0, 49_999)).isEqualTo(49_999);
  }

  /** The code of each event is its key, so that columns are seen to move with their events. */
  private static Track track(List<Event> events) {
    return Track.of(
        1,
        2,
        events.stream().mapToLong(event -> event.time() << 2 | event.mask()).toArray(),
        events.stream().mapToLong(Event::key).toArray(),
        new int[][] {events.stream().mapToInt(event -> (int) event.key()).toArray()},
        new int[0][],
        new String[0]);
  }

  private static List<Event> read(Track track) {
    return IntStream.range(0, track.size())
        .mapToObj(event -> new Event(track.time(event), track.mask(event), track.code(0, event)))
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

  @Test
  void quantilesLieBetweenSamplesInProportion() {
    Samples samples = new Samples();
    assertThat(samples.spread()).isNull();
    assertThat(samples.histogram()).isEmpty();
    LongStream.of(40, 10, 20, 30).forEach(millis -> samples.add(millis / 20, millis));
    Spread spread = Objects.requireNonNull(samples.spread());
    assertThat(
            LongStream.of(
                spread.least().toNanos(),
                spread.lowerQuartile().toNanos(),
                spread.median().toNanos(),
                spread.upperQuartile().toNanos(),
                spread.p90().toNanos(),
                spread.most().toNanos(),
                spread.mean().toNanos()))
        .containsExactly(
            10_000_000L,
            17_500_000L,
            25_000_000L,
            32_500_000L,
            37_000_000L,
            40_000_000L,
            25_000_000L);
    assertThat(samples.histogram()).extracting(Samples.Bar::samples).containsExactly(2L, 2L);
    assertThat(samples.histogram()).extracting(Samples.Bar::users).containsExactly(2L, 2L);
    assertThat(samples.users(1)).containsExactly(1, 2);
  }
}
