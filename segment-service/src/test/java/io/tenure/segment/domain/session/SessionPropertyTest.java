package io.tenure.segment.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyFixture;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.session.SessionCell.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Sessions of a user against lists that are cut one event at a time. */
final class SessionPropertyTest {

  private static final List<String> NAMES = List.of("Start", "Stop", "View");

  /** A name is 1 to 3; the first begins a session, the second ends one. */
  private record Event(long time, int name) {}

  @Test
  void countsAgreeWithTheNaiveEvaluator() {
    SessionQuery query =
        new SessionQuery(
            new Scope(
                new TimeRange(Instant.ofEpochMilli(4), Instant.ofEpochMilli(14)),
                ZoneId.of("UTC"),
                null),
            List.of(),
            new SessionRule(Duration.ofMillis(2), Duration.ofMillis(5)),
            EventSelector.named("Start"),
            EventSelector.named("Stop"),
            PeriodUnit.DAY,
            null);
    Property.forAll(
        5_000,
        histories(),
        events -> {
          SessionTally tally = new SessionTally(query, List.of(new Dictionary(NAMES)));
          tally.visit(journey(events));
          Sessions found = tally.result(Instant.EPOCH);
          List<List<Event>> naive = naive(events);
          assertThat(found.total().count().sessions()).isEqualTo(naive.size());
          assertThat(found.total().events()).isEqualTo(naive.stream().mapToInt(List::size).sum());
          assertThat(found.total().bounces().sessions())
              .isEqualTo(count(naive, session -> session.size() == 1));
          assertThat(found.depths().stream().mapToLong(Sessions.Count::sessions).sum())
              .isEqualTo(naive.size());
          for (Sessions.Event event : found.events()) {
            int name = NAMES.indexOf(event.name().text()) + 1;
            assertThat(event.parts().sessions())
                .isEqualTo(count(naive, it -> it.stream().anyMatch(part -> part.name() == name)));
            assertThat(event.entries().sessions())
                .isEqualTo(count(naive, it -> it.getFirst().name() == name));
            assertThat(event.exits().sessions())
                .isEqualTo(count(naive, it -> it.getLast().name() == name));
            assertThat(tally.isBehind(new SessionCell.Event(event.name(), Role.EXIT)))
                .isEqualTo(event.exits().users() == 1);
          }
          assertThat(tally.isBehind(new SessionCell.Event(Label.of("Nothing"), Role.PART)))
              .isFalse();
        });
  }

  private static long count(List<List<Event>> sessions, Predicate<List<Event>> predicate) {
    return sessions.stream().filter(predicate).count();
  }

  private static List<List<Event>> naive(List<Event> events) {
    List<List<Event>> sessions = new ArrayList<>();
    for (Event event : events) {
      boolean begins = sessions.isEmpty() || event.name() == 1;
      if (!begins) {
        List<Event> session = sessions.getLast();
        begins =
            event.time() - session.getLast().time() > 2
                || event.time() - session.getFirst().time() >= 5
                || session.getLast().name() == 2;
      }
      if (begins) {
        sessions.add(new ArrayList<>());
      }
      sessions.getLast().add(event);
    }
    return sessions.stream()
        .filter(session -> session.getFirst().time() >= 4 && session.getFirst().time() < 14)
        .toList();
  }

  private static Journey journey(List<Event> events) {
    return JourneyFixture.journey(
        3,
        events.stream()
            .mapToLong(event -> event.time() << 3 | 4 | (event.name() == 3 ? 0 : event.name())),
        new int[][] {events.stream().mapToInt(Event::name).toArray()},
        new int[0][]);
  }

  private static Generator<List<Event>> histories() {
    List<Event> kinds = new ArrayList<>();
    for (long time = 0; time < 18; time++) {
      kinds.add(new Event(time, 3));
      kinds.add(new Event(time, 3));
      kinds.add(new Event(time, 1));
      kinds.add(new Event(time, 2));
    }
    return Generator.lists(Generator.of(kinds), 10)
        .map(
            events -> events.stream().sorted(Comparator.comparingLong(Event::time)).toList(),
            events -> events);
  }
}
