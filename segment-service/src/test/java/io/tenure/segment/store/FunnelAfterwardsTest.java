package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.funnel.Breakdown;
import io.tenure.segment.domain.funnel.Factors;
import io.tenure.segment.domain.funnel.Funnel;
import io.tenure.segment.domain.funnel.FunnelCell;
import io.tenure.segment.domain.funnel.FunnelEntry;
import io.tenure.segment.domain.funnel.FunnelOrder;
import io.tenure.segment.domain.funnel.FunnelQuery;
import io.tenure.segment.domain.funnel.FunnelRules;
import io.tenure.segment.domain.funnel.FunnelSplit;
import io.tenure.segment.domain.funnel.FunnelWindow;
import io.tenure.segment.domain.funnel.Funnels;
import io.tenure.segment.domain.funnel.Odds;
import io.tenure.segment.domain.funnel.StepRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.ValueChoice;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions, first times and what the lost did, from stored events to numbers, by hand. */
final class FunnelAfterwardsTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final FunnelWindow HOUR = new FunnelWindow.Within(Duration.ofHours(1));
  private static final FunnelWindow SESSION =
      new FunnelWindow.Session(new SessionRule(Duration.ofMinutes(30), Duration.ofHours(1)));
  private static final String FIRST = "2026-03-01T00:00:00Z";
  private static final String SECOND = "2026-03-02T00:00:00Z";

  private static Bank bank;
  private static Funnels funnels;

  @BeforeAll
  static void fill() {
    bank = Bank.open("funnel_afterwards");
    funnels = new Funnels(bank.journeys());
    bank.event(1, "Open", "2026-03-01T10:00:00Z", "channel", "app")
        .event(1, "Help", "2026-03-01T10:02:00Z")
        .event(1, "Quit", "2026-03-01T10:05:00Z")
        .event(2, "Open", "2026-03-01T10:00:00Z", "channel", "web")
        .event(2, "Help", "2026-03-01T10:04:00Z")
        .event(100, 2, "Help", "2026-03-01T10:04:00Z")
        .event(100, 2, "Help", "2026-03-01T10:04:00Z")
        .event(2, "Buy", "2026-03-01T10:10:00Z")
        .event(2, "Quit", "2026-03-01T10:11:00Z")
        .event(3, "Open", "2026-03-01T10:00:00Z")
        .event(3, "Help", "2026-03-01T12:00:00Z")
        .event(4, "Open", "2026-03-01T10:00:00Z")
        .event(4, "News", "2026-03-01T10:10:00Z")
        .event(5, "Open", "2026-03-01T10:00:00Z", "channel", "web")
        .event(5, "News", "2026-03-01T10:01:00Z")
        .event(5, "Buy", "2026-03-01T10:20:00Z")
        .event(6, "Open", "2026-03-01T10:00:00Z")
        .event(6, "Rate", "2026-03-01T10:00:00Z")
        .event(6, "Help", "2026-03-01T10:06:00Z")
        // The second day. Only what lies in between makes one session of user 7's events.
        .event(7, "Open", "2026-03-02T10:00:00Z")
        .event(7, "Ping", "2026-03-02T10:25:00Z")
        .event(7, "Buy", "2026-03-02T10:50:00Z")
        .event(8, "Open", "2026-02-01T10:00:00Z")
        .event(8, "Open", "2026-03-02T10:00:00Z")
        .event(8, "Buy", "2026-03-02T10:50:00Z")
        .event(9, "Open", "2026-03-02T10:00:00Z")
        .event(9, "Open", "2026-03-02T12:00:00Z")
        .event(9, "Buy", "2026-03-02T12:05:00Z")
        .event(9, "Open", "2026-03-02T15:00:00Z")
        .event(10, "Ping", "2026-03-01T23:50:00Z")
        .event(10, "Open", "2026-03-02T00:15:00Z")
        .event(10, "Ping", "2026-03-02T00:40:00Z")
        .event(10, "Buy", "2026-03-02T00:55:00Z")
        .profile(7, "tier", "\"gold\"")
        .profile(8, "tier", "\"silver\"")
        .profile(9, "tier", "\"gold\"")
        .profiles(10)
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void tellsWhereTheLostWentAndHowLongTheyDwelt() {
    FunnelQuery query = query(FIRST, HOUR, FunnelEntry.FURTHEST, 0, FunnelSplit.NONE.next(10));
    assertThat(run(query).nextEvents())
        .containsExactly(
            next(Label.of("Help"), 2, Duration.ofMinutes(4)),
            next(Label.NONE, 1, null),
            next(Label.of("News"), 1, Duration.ofMinutes(10)));
    assertThat(users(query, 1, true, new FunnelCell.Next(Label.of("Help")))).containsExactly(1, 6);
    assertThat(users(query, 1, true, new FunnelCell.Next(Label.NONE))).containsExactly(3);
  }

  @Test
  void tellsTheMostFrequentNextEventsAndAllOthersTogether() {
    FunnelQuery query = query(FIRST, HOUR, FunnelEntry.FURTHEST, 0, FunnelSplit.NONE.next(1));
    Label others = new Label(null, true);
    assertThat(run(query).nextEvents())
        .extracting(Funnel.NextEvent::event, Funnel.NextEvent::attempts)
        .containsExactly(tuple(Label.of("Help"), 2L), tuple(others, 2L));
    assertThat(users(query, 1, true, new FunnelCell.Next(others))).containsExactly(3, 4);
  }

  @Test
  void tellsWhichEventsGoWithCompleting() {
    Factors factors = new Factors(true, List.of(), 20);
    FunnelQuery query = query(FIRST, HOUR, FunnelEntry.FURTHEST, 0, FunnelSplit.NONE.with(factors));
    List<Funnel.Factor> found = run(query).factors();
    assertThat(found)
        .extracting(Funnel.Factor::label, Funnel.Factor::odds)
        .containsExactlyInAnyOrder(
            tuple(Label.of("Help"), new Odds(1, 2, 2, 4)),
            tuple(Label.of("News"), new Odds(1, 2, 1, 4)),
            tuple(Label.of("Quit"), new Odds(0, 2, 1, 4)),
            tuple(Label.of("Rate"), new Odds(0, 2, 1, 4)));
    Odds news = new Odds(1, 2, 1, 4);
    assertThat(news.ratio()).isCloseTo(7.0 / 3, within(1e-12));
    assertThat(news.low()).isCloseTo(0.1205, within(1e-4));
    assertThat(news.high()).isCloseTo(45.17, within(0.01));
    FunnelCell.Factor help = new FunnelCell.Factor(0, Label.of("Help"));
    assertThat(users(query, 0, false, help)).containsExactly(2);
    assertThat(users(query, 0, true, help)).containsExactly(1, 6);
  }

  @Test
  void valuesOfTheFirstStepsPropertiesAreFactorsToo() {
    Factors factors = new Factors(false, List.of(new Column.Property("channel")), 20);
    FunnelQuery query =
        query(FIRST, HOUR, FunnelEntry.FURTHEST, 0, FunnelSplit.NONE.with(factors).next(5));
    List<Funnel.Factor> found = run(query).factors();
    assertThat(found)
        .extracting(Funnel.Factor::name, Funnel.Factor::label, Funnel.Factor::odds)
        .containsExactlyInAnyOrder(
            tuple("channel", Label.of("web"), new Odds(2, 2, 0, 4)),
            tuple("channel", Label.of("app"), new Odds(0, 2, 1, 4)),
            tuple("channel", Label.NONE, new Odds(0, 2, 3, 4)));
    assertThat(found.getFirst().label()).isEqualTo(Label.of("web"));
    assertThat(users(query, 0, false, new FunnelCell.Factor(0, Label.of("web"))))
        .containsExactly(2, 5);
    assertThat(users(query, 0, true, new FunnelCell.Factor(0, Label.NONE)))
        .containsExactly(3, 4, 6);
  }

  @Test
  void anAttemptLiesWithinASessionThatAllEventsMake() {
    assertThat(numbers(SESSION, FunnelEntry.FURTHEST)).containsExactly("4 of 4", "2 of 2, 2 lost");
    assertThat(numbers(SESSION, FunnelEntry.FIRST)).containsExactly("4 of 4", "1 of 1, 3 lost");
    assertThat(numbers(HOUR, FunnelEntry.FURTHEST)).containsExactly("4 of 4", "4 of 4, 0 lost");
  }

  @Test
  void sessionsAreCountedBesideUsers() {
    assertThat(numbers(SESSION, FunnelEntry.SESSIONS)).containsExactly("4 of 6", "2 of 2, 3 lost");
  }

  @Test
  void whatFollowsALossIsLookedForInItsSession() {
    FunnelQuery query = query(SECOND, SESSION, FunnelEntry.FURTHEST, 0, FunnelSplit.NONE.next(5));
    // User 10's session goes on for 25 minutes; that of user 8 ends with the first step.
    assertThat(run(query).nextEvents())
        .containsExactlyInAnyOrder(
            next(Label.of("Ping"), 1, Duration.ofMinutes(25)), next(Label.NONE, 1, null));
  }

  @Test
  void onlyTheFirstEventEverDoesAFirstTimeStep() {
    FunnelQuery query = query(SECOND, HOUR, FunnelEntry.FURTHEST, 1, FunnelSplit.NONE);
    assertThat(run(query).steps()).extracting(Funnel.Step::users).containsExactly(3L, 2L);
    assertThat(users(query, 1, false, new FunnelCell.All())).containsExactly(7, 10);
    assertThat(users(query, 1, true, new FunnelCell.All())).containsExactly(9);
  }

  @Test
  void aTraitTellsUsersApartAndTheOthersComeTogether() {
    Breakdown byTier = new Breakdown(new Column.Trait("tier"), 0, 1);
    FunnelQuery query = query(SECOND, HOUR, FunnelEntry.TOTALS, 0, FunnelSplit.NONE.by(byTier));
    Funnel.Values values = run(query).values();
    assertThat(values.all()).isEqualTo(3);
    assertThat(values.shown()).extracting(Funnel.Value::value).containsExactly("gold");
    assertThat(values.shown().getFirst().steps())
        .extracting(Funnel.Step::attempts)
        .containsExactly(4L, 2L);
    List<Funnel.Step> others = Objects.requireNonNull(values.others());
    assertThat(others).extracting(Funnel.Step::users).containsExactly(2L, 2L);
    assertThat(users(query, 1, false, value(ValueChoice.one(Journey.written("gold")))))
        .containsExactly(7, 9);
    assertThat(users(query, 1, true, value(ValueChoice.one(Journey.written("gold")))))
        .containsExactly(9);
    assertThat(users(query, 1, false, value(ValueChoice.OTHER))).containsExactly(8, 10);
  }

  @Test
  void aBarOfTimesOpensItsUsersAndHoursTellEntriesApart() {
    FunnelQuery query =
        query(SECOND, HOUR, FunnelEntry.FURTHEST, 0, FunnelSplit.NONE.over(PeriodUnit.HOUR));
    Funnel funnel = run(query);
    assertThat(funnel.conversion().histogram())
        .extracting(bar -> bar.from() + " " + bar.users())
        .containsExactly("PT5M 1", "PT27M30S 3");
    assertThat(users(query, 0, false, new FunnelCell.Bar(0))).containsExactly(9);
    assertThat(users(query, 0, false, new FunnelCell.Bar(1))).containsExactly(7, 8, 10);
    assertThat(funnel.periods())
        .filteredOn(period -> period.steps().getFirst().users() > 0)
        .extracting(Funnel.Period::start)
        .containsExactly("2026-03-02T00:00", "2026-03-02T10:00", "2026-03-02T12:00");
  }

  private static FunnelCell.Value value(ValueChoice choice) {
    return new FunnelCell.Value(choice);
  }

  private static Funnel.NextEvent next(Label event, long attempts, @Nullable Duration dwell) {
    return new Funnel.NextEvent(1, event, attempts, attempts, dwell);
  }

  private static List<String> numbers(FunnelWindow window, FunnelEntry entry) {
    List<Funnel.Step> steps = run(query(SECOND, window, entry, 0, FunnelSplit.NONE)).steps();
    return List.of(
        "%d of %d".formatted(steps.getFirst().users(), steps.getFirst().attempts()),
        "%d of %d, %d lost"
            .formatted(
                steps.getLast().users(), steps.getLast().attempts(), steps.getLast().lostUsers()));
  }

  private static Funnel run(FunnelQuery query) {
    return funnels.run(bank.project(), query, NOW);
  }

  private static long[] users(FunnelQuery query, int step, boolean lost, FunnelCell.Part part) {
    return funnels.users(bank.project(), query, new FunnelCell(step, lost, part), NOW);
  }

  private static FunnelQuery query(
      String day, FunnelWindow window, FunnelEntry entry, int firstTime, FunnelSplit split) {
    Instant start = Instant.parse(day);
    return new FunnelQuery(
        new Scope(new TimeRange(start, start.plus(Duration.ofDays(1))), UTC, null),
        Stream.of("Open", "Buy").map(EventSelector::named).toList(),
        firstTime,
        List.of(),
        new FunnelRules(
            List.of(StepRule.REQUIRED, StepRule.REQUIRED),
            FunnelOrder.ORDERED,
            entry,
            window,
            List.of()),
        split);
  }
}
