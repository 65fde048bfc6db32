package io.tenure.segment.domain.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageViewsPropertyTest {

  /** Kind: 1 a view, 2 a scroll of that many percent. */
  private record Event(long time, int kind, int page, String depth) {}

  private record View(int page, long start, double depth, long dwell) {}

  @Test
  void viewsAgreeWithTheNaiveEvaluator() {
    ExposureQuery query =
        new ExposureQuery(
            new Scope(
                new TimeRange(Instant.EPOCH, Instant.ofEpochMilli(99)), ZoneId.of("UTC"), null),
            new ExposureQuery.Pages(
                EventSelector.named("V"),
                EventSelector.named("S"),
                new Column.Property("page"),
                new Column.Property("depth")),
            null,
            new SessionRule(Duration.ofMillis(3), Duration.ofMillis(8)));
    Property.forAll(
        5_000,
        histories(),
        events -> {
          List<View> found = new ArrayList<>();
          new PageViews(query)
              .fold(
                  journey(events),
                  (page, start, depth, dwell) -> found.add(new View(page, start, depth, dwell)));
          assertThat(found).isEqualTo(naive(events));
        });
  }

  /** The events of each view first, then what they say. */
  private static List<View> naive(List<Event> events) {
    List<List<Event>> views = new ArrayList<>();
    List<Boolean> cut = new ArrayList<>();
    for (Event event : events) {
      boolean over = false;
      boolean begins = views.isEmpty() || event.kind() == 1;
      if (!views.isEmpty()) {
        List<Event> view = views.getLast();
        over =
            event.time() - view.getLast().time() > 3 || event.time() - view.getFirst().time() >= 8;
        begins |= over || view.getFirst().page() != event.page();
      }
      if (begins) {
        views.add(new ArrayList<>());
        cut.add(over);
      }
      views.getLast().add(event);
    }
    List<View> read = new ArrayList<>();
    for (int index = 0; index < views.size(); index++) {
      List<Event> view = views.get(index);
      boolean followed = index + 1 < views.size() && !cut.get(index + 1);
      long end = followed ? views.get(index + 1).getFirst().time() : view.getLast().time();
      double depth =
          view.stream()
              .filter(event -> event.kind() == 2 && !event.depth().isEmpty())
              .mapToDouble(event -> Double.parseDouble(event.depth()))
              .max()
              .orElse(0);
      long start = view.getFirst().time();
      read.add(new View(view.getFirst().page(), start, depth, end - start));
    }
    return read;
  }

  private static Journey journey(List<Event> events) {
    return JourneyFixture.journey(
        2,
        events.stream().mapToLong(event -> event.time() << 2 | event.kind()),
        new int[][] {events.stream().mapToInt(Event::page).toArray()},
        new int[0][],
        events.stream().map(Event::depth).map(Journey::written).toArray(String[]::new));
  }

  private static Generator<List<Event>> histories() {
    List<Event> kinds = new ArrayList<>();
    for (long time = 0; time < 20; time++) {
      for (int page = 0; page < 3; page++) {
        kinds.add(new Event(time, 1, page, ""));
        kinds.add(new Event(time, 2, page, "37.5"));
        kinds.add(new Event(time, 2, page, page == 1 ? "" : "100"));
      }
    }
    return Generator.lists(Generator.of(kinds), 9)
        .map(
            events -> events.stream().sorted(Comparator.comparingLong(Event::time)).toList(),
            events -> events);
  }
}
