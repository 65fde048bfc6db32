package io.tenure.segment.domain.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** All options together, against an evaluator that copies lists and looks at every pair. */
final class PathFoldPropertyTest {

  private static final int START = 1;
  private static final int END = 2;
  private static final int HIDDEN = 4;

  private record Event(long time, int node, int mask) {}

  private record Path(List<Integer> nodes, List<Long> times, Walk.End end) {}

  @Test
  void pathsAgreeWithTheNaiveEvaluator() {
    for (boolean every : new boolean[] {false, true}) {
      for (boolean collapse : new boolean[] {false, true}) {
        for (PathCut cut :
            List.of(
                new PathCut.Sessions(new SessionRule(Duration.ofMillis(2), Duration.ofMillis(6))),
                new PathCut.Window(Duration.ofMillis(4)))) {
          for (int steps : new int[] {2, 4}) {
            PathRules rules = new PathRules(cut, every, collapse, steps, 5);
            agrees(rules, true, false);
            agrees(rules, false, true);
            agrees(rules, true, true);
          }
        }
      }
    }
  }

  private static void agrees(PathRules rules, boolean start, boolean end) {
    PathQuery query =
        new PathQuery(
            new Scope(
                new TimeRange(Instant.ofEpochMilli(3), Instant.ofEpochMilli(12)),
                ZoneId.of("UTC"),
                null),
            start ? EventSelector.named("S") : null,
            end ? EventSelector.named("E") : null,
            List.of(),
            List.of(EventSelector.named("H")),
            PathNaming.NAMES,
            rules);
    Property.forAll(
        1_500,
        histories(),
        events -> {
          List<Path> found = new ArrayList<>();
          new PathFold(query)
              .fold(
                  journey(events, start, end),
                  (journey, event) -> journey.code(0, event),
                  (_, walk) -> found.add(path(walk)));
          assertThat(found).isEqualTo(naive(events, rules, start, end));
        });
  }

  private static List<Path> naive(List<Event> events, PathRules rules, boolean start, boolean end) {
    List<Path> paths = new ArrayList<>();
    for (List<Event> unit : units(events, rules.cut())) {
      int anchor = start ? START : END;
      for (int index = 0; index < unit.size(); index++) {
        Event at = unit.get(index);
        if ((at.mask() & anchor) == 0 || at.time() < 3 || at.time() >= 12) {
          continue;
        }
        paths.add(
            start
                ? forth(unit.subList(index, unit.size()), rules, end)
                : back(unit.subList(0, index + 1), rules));
        if (!rules.every()) {
          break;
        }
      }
    }
    return paths;
  }

  private static Path forth(List<Event> rest, PathRules rules, boolean end) {
    Event start = rest.getFirst();
    List<Event> path = new ArrayList<>(List.of(start));
    @Nullable Event reached = null;
    for (Event event : rest.subList(1, rest.size())) {
      boolean late =
          rules.cut() instanceof PathCut.Window(Duration length)
              && event.time() > start.time() + length.toMillis();
      if (late || reached != null) {
        continue;
      }
      if (end && (event.mask() & END) != 0) {
        reached = event;
      } else if (isShown(event, true, end)) {
        path.add(event);
      }
    }
    if (end && reached == null) {
      return written(List.of(start), rules, Walk.End.MISSED);
    }
    List<Event> collapsed = new ArrayList<>(collapsed(path, rules));
    if (reached != null) {
      collapsed.add(reached);
      return written(collapsed, rules, Walk.End.REACHED);
    }
    return written(
        collapsed, rules, collapsed.size() >= rules.steps() ? Walk.End.CUT : Walk.End.STOPPED);
  }

  private static Path back(List<Event> before, PathRules rules) {
    Event end = before.getLast();
    List<Event> path =
        before.stream()
            .filter(
                event ->
                    isShown(event, false, true)
                        && (!(rules.cut() instanceof PathCut.Window(Duration length))
                            || event.time() >= end.time() - length.toMillis()))
            .toList();
    List<Event> reversed = new ArrayList<>(collapsed(path, rules));
    Collections.reverse(reversed);
    return written(
        reversed, rules, reversed.size() >= rules.steps() ? Walk.End.CUT : Walk.End.STOPPED);
  }

  private static boolean isShown(Event event, boolean start, boolean end) {
    int anchors = (start ? START : 0) | (end ? END : 0);
    return (event.mask() & anchors) != 0 || (event.mask() & HIDDEN) == 0;
  }

  private static List<Event> collapsed(List<Event> path, PathRules rules) {
    return IntStream.range(0, path.size())
        .filter(
            index ->
                !rules.collapse()
                    || index == 0
                    || path.get(index - 1).node() != path.get(index).node())
        .mapToObj(path::get)
        .toList();
  }

  private static List<List<Event>> units(List<Event> events, PathCut cut) {
    List<List<Event>> units = new ArrayList<>();
    for (Event event : events) {
      boolean begins =
          units.isEmpty()
              || cut instanceof PathCut.Sessions(SessionRule rule)
                  && (event.time() - units.getLast().getLast().time() > rule.idle().toMillis()
                      || event.time() - units.getLast().getFirst().time()
                          >= rule.longest().toMillis());
      if (begins) {
        units.add(new ArrayList<>());
      }
      units.getLast().add(event);
    }
    return units;
  }

  private static Path written(List<Event> path, PathRules rules, Walk.End end) {
    List<Event> shown = path.stream().limit(rules.steps()).toList();
    return new Path(
        shown.stream().map(Event::node).toList(), shown.stream().map(Event::time).toList(), end);
  }

  private static Path path(Walk walk) {
    return new Path(
        IntStream.range(0, walk.length()).mapToObj(walk::node).toList(),
        IntStream.range(0, walk.length()).mapToObj(walk::time).toList(),
        walk.end());
  }

  /** The bits a query has depend on which anchors it has. */
  private static Journey journey(List<Event> events, boolean start, boolean end) {
    int bits = 1 + (start ? 1 : 0) + (end ? 1 : 0);
    return JourneyFixture.journey(
        bits,
        events.stream()
            .mapToLong(
                event ->
                    event.time() << bits
                        | (start && end
                            ? event.mask()
                            : start
                                ? event.mask() & 1 | event.mask() >> 1 & 2
                                : event.mask() >> 1)),
        new int[][] {events.stream().mapToInt(Event::node).toArray()},
        new int[0][]);
  }

  /** In order of time; two starts with one node, an end, both at once, something hidden, others. */
  private static Generator<List<Event>> histories() {
    List<Event> kinds = new ArrayList<>();
    for (long time = 1; time < 16; time++) {
      kinds.add(new Event(time, 1, START));
      kinds.add(new Event(time, 1, START));
      kinds.add(new Event(time, 2, END));
      kinds.add(new Event(time, 3, START | END));
      kinds.add(new Event(time, 4, HIDDEN));
      kinds.add(new Event(time, 5, 0));
      kinds.add(new Event(time, 6, 0));
    }
    return Generator.lists(Generator.of(kinds), 10)
        .map(
            events ->
                events.stream().sorted(java.util.Comparator.comparingLong(Event::time)).toList(),
            events -> events);
  }
}
