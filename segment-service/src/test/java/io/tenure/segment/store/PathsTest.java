package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.path.NodeGroup;
import io.tenure.segment.domain.path.PathCell;
import io.tenure.segment.domain.path.PathCut;
import io.tenure.segment.domain.path.PathMap;
import io.tenure.segment.domain.path.PathNaming;
import io.tenure.segment.domain.path.PathNode;
import io.tenure.segment.domain.path.PathQuery;
import io.tenure.segment.domain.path.PathRules;
import io.tenure.segment.domain.path.Paths;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Journey maps from stored events to numbers, each worked out by hand. */
final class PathsTest {

  private static final Instant NOW = Instant.parse("2026-04-03T12:00:00Z");
  private static final PathCut SESSIONS = new PathCut.Sessions(SessionRule.USUAL);
  private static final PathRules RULES = new PathRules(SESSIONS, false, true, 3, 10);

  private static Bank bank;
  private static Paths paths;

  @BeforeAll
  static void fill() {
    bank = Bank.open("paths");
    paths = new Paths(new ClickHouseJourneys(bank.scans(), bank.conditions()));
    // 1: two sessions, one with a repeat and a stored duplicate. 2: Buy on the next day only.
    // 3: events of one millisecond, in the order of their keys. 4: before the range.
    bank.event(1, "Open", "2026-03-02T10:00:00Z")
        .event(1, "View", "2026-03-02T10:01:00Z", "page", "/fund/1?x=1")
        .event(900, 1, "View", "2026-03-02T10:02:00Z", "page", "/fund/2")
        .event(900, 1, "View", "2026-03-02T10:02:00Z", "page", "/fund/2")
        .event(1, "Buy", "2026-03-02T10:05:00Z")
        .event(1, "Open", "2026-03-02T12:00:00Z")
        .event(1, "Help", "2026-03-02T12:01:00Z")
        .event(2, "Open", "2026-03-02T10:00:00Z")
        .event(2, "View", "2026-03-02T10:03:00Z", "page", "")
        .event(2, "Buy", "2026-03-03T10:00:00Z")
        .event(801, 3, "Open", "2026-03-02T10:00:00Z")
        .event(803, 3, "Help", "2026-03-02T10:00:00Z")
        .event(802, 3, "View", "2026-03-02T10:00:00Z")
        .event(4, "Open", "2026-02-28T10:00:00Z")
        .event(4, "Buy", "2026-02-28T10:01:00Z")
        .store();
    bank.clickHouse()
        .execute(
            """
            INSERT INTO events (project_id, name, event_time, receive_time, user_number, event_id, event_key)
            SELECT 'bot', if(number % 2, 'Open', 'View'), toDateTime64('2026-03-02 00:00:00', 3, 'UTC') + intDiv(number, 10),
              now(), 1, toString(number), number FROM numbers(50000)
            """,
            Map.of());
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void showsWhatFollowsAStartInItsSession() {
    PathMap map = run(query("Open", null, PathNaming.NAMES, RULES));
    assertThat(map.anchored()).isEqualTo(new PathMap.Count(4, 4, 3));
    assertThat(map.counted()).isEqualTo(map.anchored());
    assertThat(nodes(map))
        .containsExactly(
            "0 Open 4/4/3 stopped 0 lost 0 PT1M",
            "1 View 3/3/3 stopped 1 lost 1 PT2M",
            "1 Help 1/1/1 stopped 1 lost 1 -",
            "2 Buy 1/1/1 stopped 0 lost 0 -",
            "2 Help 1/1/1 stopped 0 lost 0 -");
    assertThat(edges(map))
        .containsExactly(
            "0 Open View 3/3/3", "0 Open Help 1/1/1", "1 View Buy 1/1/1", "1 View Help 1/1/1");
    assertThat(map.incomplete()).isFalse();
    assertThat(map.table().rows()).hasSize(9);
  }

  @Test
  void keepsRepeatsOnRequestAndADuplicateIsNone() {
    PathMap map =
        run(query("Open", null, PathNaming.NAMES, new PathRules(SESSIONS, false, false, 5, 10)));
    assertThat(edges(map))
        .containsExactly(
            "0 Open View 3/3/3",
            "0 Open Help 1/1/1",
            "1 View Help 1/1/1",
            "1 View View 1/1/1",
            "2 View Buy 1/1/1");
  }

  @Test
  void aWindowShowsJourneysThatTakeDays() {
    PathCut days = new PathCut.Window(Duration.ofDays(1));
    PathMap map =
        run(query("Open", null, PathNaming.NAMES, new PathRules(days, false, true, 3, 9)));
    assertThat(edges(map))
        .containsExactly("0 Open View 3/3/3", "1 View Buy 2/2/2", "1 View Help 1/1/1");
    PathMap every =
        run(query("Open", null, PathNaming.NAMES, new PathRules(days, true, true, 3, 9)));
    assertThat(every.anchored()).isEqualTo(new PathMap.Count(4, 3, 3));
  }

  @Test
  void leadsBackFromAnEnd() {
    PathMap map = run(query(null, "Buy", PathNaming.NAMES, RULES));
    assertThat(nodes(map))
        .containsExactly(
            "0 Buy 2/2/2 stopped 1 lost 1 -",
            "1 View 1/1/1 stopped 0 lost 0 PT4M",
            "2 Open 1/1/1 stopped 0 lost 0 PT1M");
  }

  @Test
  void betweenStartAndEndOnlyPathsThatReachTheEndCount() {
    PathMap map = run(query("Open", "Buy", PathNaming.NAMES, RULES));
    assertThat(map.anchored()).isEqualTo(new PathMap.Count(4, 4, 3));
    assertThat(map.counted()).isEqualTo(new PathMap.Count(1, 1, 1));
    assertThat(edges(map)).containsExactly("0 Open View 1/1/1", "1 View Buy 1/1/1");
    assertThat(nodes(map)).last().isEqualTo("2 Buy 1/1/1 stopped 0 lost 0 -");
  }

  @Test
  void tellsNodesApartByAPropertyAndMergesThem() {
    PathNaming pages = new PathNaming("page", true, List.of());
    assertThat(edges(run(query("Open", null, pages, RULES))))
        .containsExactlyInAnyOrder(
            "0 Open View=/fund/1 1/1/1",
            "0 Open View= 1/1/1",
            "0 Open View 1/1/1",
            "0 Open Help 1/1/1",
            "1 View=/fund/1 View=/fund/2 1/1/1",
            "1 View Help 1/1/1");
    PathNaming groups =
        new PathNaming(
            "page",
            true,
            List.of(
                new NodeGroup("Fund", List.of(), List.of("/fund/*")),
                new NodeGroup("Rest", List.of("V*", "Help"), List.of())));
    assertThat(edges(run(query("Open", null, groups, RULES))))
        .containsExactly("0 Open Rest 3/3/3", "0 Open Fund 1/1/1", "1 Fund Buy 1/1/1");
  }

  @Test
  void showsTheMostFrequentNodesAndTheOthersAsOne() {
    PathMap map =
        run(query("Open", null, PathNaming.NAMES, new PathRules(SESSIONS, false, true, 3, 1)));
    assertThat(nodes(map))
        .extracting(node -> node.substring(0, 13))
        .containsExactly(
            "0 Open 4/4/3 ", "1 View 3/3/3 ", "1 * 1/1/1 sto", "2 Buy 1/1/1 s", "2 * 1/1/1 sto");
    requireUsers(query("Open", null, PathNaming.NAMES, new PathRules(SESSIONS, false, true, 3, 1)));
  }

  @Test
  void hiddenEventsAreNoNodesAndShownOnesAreTheOnlyOnes() {
    PathQuery all = query("Open", null, PathNaming.NAMES, RULES);
    PathQuery hidden =
        new PathQuery(
            all.scope(), all.start(), null, List.of(), named("View"), all.naming(), RULES);
    assertThat(edges(run(hidden))).containsExactly("0 Open Help 2/2/2", "0 Open Buy 1/1/1");
    PathQuery shown =
        new PathQuery(all.scope(), all.start(), null, named("Buy"), List.of(), all.naming(), RULES);
    assertThat(edges(run(shown))).containsExactly("0 Open Buy 1/1/1");
  }

  @Test
  void listsExactlyTheUsersItCounts() {
    requireUsers(query("Open", null, PathNaming.NAMES, RULES));
    requireUsers(query("Open", "Buy", PathNaming.NAMES, RULES));
    requireUsers(query(null, "Buy", PathNaming.NAMES, RULES));
    assertThat(
            paths.users(
                bank.project(),
                query("Open", null, PathNaming.NAMES, RULES),
                new PathCell.Lost(1, new PathNode("View", null)),
                NOW))
        .containsExactly(2);
  }

  @Test
  void nothingIsAMapToo() {
    PathMap map = run(query("Nothing", null, PathNaming.NAMES, RULES));
    assertThat(map.nodes()).isEmpty();
    assertThat(map.anchored().users()).isZero();
  }

  @Test
  void aBotDoesNotBlowUp() {
    PathQuery query =
        query(
            "Open",
            null,
            PathNaming.NAMES,
            new PathRules(new PathCut.Window(Duration.ofDays(7)), true, false, 20, 10));
    PathMap map = paths.run(new ProjectId("bot"), query, NOW);
    assertThat(map.anchored().paths()).isEqualTo(25_000);
    assertThat(map.nodes()).hasSize(20);
  }

  @Test
  void putsManyNodesAndEdgesInOrder() {
    bank.clickHouse()
        .execute(
            """
            INSERT INTO events (project_id, name, event_time, receive_time, user_number, event_id, event_key)
            SELECT 'wide', concat('E', toString(toUInt8(60 * pow((cityHash64(number) % 1000) / 1000, 2)))),
              toDateTime64('2026-03-02 00:00:00', 3, 'UTC') + number % 20, now(), intDiv(number, 20),
              toString(number), number FROM numbers(40000)
            """,
            Map.of());
    PathMap map =
        paths.run(
            new ProjectId("wide"),
            query("E0", null, PathNaming.NAMES, new PathRules(SESSIONS, true, true, 8, 10)),
            NOW);
    assertThat(map.nodes()).hasSize(78);
    for (int index = 1; index < map.nodes().size(); index++) {
      PathMap.Node before = map.nodes().get(index - 1);
      PathMap.Node node = map.nodes().get(index);
      assertThat(node.step()).isBetween(before.step(), before.step() + 1);
      if (node.step() == before.step() && !node.node().isOther()) {
        assertThat(node.count().paths()).isLessThanOrEqualTo(before.count().paths());
      }
    }
    List<String> places =
        map.nodes().stream().map(node -> node.step() + " " + text(node.node())).toList();
    assertThat(map.edges())
        .extracting(edge -> places.indexOf(edge.step() + " " + text(edge.from())))
        .isSorted()
        .doesNotContain(-1);
    for (PathMap.Node node : map.nodes()) {
      long on =
          map.edges().stream()
              .filter(edge -> edge.step() == node.step() && edge.from().equals(node.node()))
              .mapToLong(edge -> edge.count().paths())
              .sum();
      assertThat(node.count().paths())
          .isEqualTo(node.step() == 7 ? node.count().paths() : on + node.stopped());
    }
  }

  private static void requireUsers(PathQuery query) {
    PathMap map = run(query);
    assertThat(users(query, new PathCell.Anchored())).isEqualTo(map.anchored().users());
    assertThat(users(query, new PathCell.Counted())).isEqualTo(map.counted().users());
    for (PathMap.Node node : map.nodes()) {
      assertThat(users(query, new PathCell.At(node.step(), node.node())))
          .isEqualTo(node.count().users());
      assertThat(users(query, new PathCell.Lost(node.step(), node.node())))
          .isEqualTo(node.lostUsers());
    }
    for (PathMap.Edge edge : map.edges()) {
      assertThat(users(query, new PathCell.Between(edge.step(), edge.from(), edge.to())))
          .isEqualTo(edge.count().users());
    }
  }

  private static long users(PathQuery query, PathCell cell) {
    return paths.users(bank.project(), query, cell, NOW).length;
  }

  private static PathMap run(PathQuery query) {
    return paths.run(bank.project(), query, NOW);
  }

  private static PathQuery query(
      @Nullable String start, @Nullable String end, PathNaming naming, PathRules rules) {
    TimeRange range =
        new TimeRange(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
    return new PathQuery(
        new Scope(range, ZoneId.of("UTC"), null),
        start == null ? null : EventSelector.named(start),
        end == null ? null : EventSelector.named(end),
        List.of(),
        List.of(),
        naming,
        rules);
  }

  private static List<EventSelector> named(String... names) {
    return Stream.of(names).map(EventSelector::named).toList();
  }

  private static List<String> nodes(PathMap map) {
    return map.nodes().stream()
        .map(
            node ->
                "%d %s %s stopped %d lost %d %s"
                    .formatted(
                        node.step(),
                        text(node.node()),
                        text(node.count()),
                        node.stopped(),
                        node.lostUsers(),
                        node.medianDwell() == null ? "-" : node.medianDwell()))
        .toList();
  }

  private static List<String> edges(PathMap map) {
    return map.edges().stream()
        .map(
            edge ->
                "%d %s %s %s"
                    .formatted(edge.step(), text(edge.from()), text(edge.to()), text(edge.count())))
        .toList();
  }

  private static String text(PathNode node) {
    return node.isOther() ? "*" : node.name() + (node.value() == null ? "" : "=" + node.value());
  }

  private static String text(PathMap.Count count) {
    return count.paths() + "/" + count.sessions() + "/" + count.users();
  }
}
