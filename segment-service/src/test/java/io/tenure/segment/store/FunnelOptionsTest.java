package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Value;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.funnel.Breakdown;
import io.tenure.segment.domain.funnel.Exclusion;
import io.tenure.segment.domain.funnel.Funnel;
import io.tenure.segment.domain.funnel.FunnelCell;
import io.tenure.segment.domain.funnel.FunnelEntry;
import io.tenure.segment.domain.funnel.FunnelOrder;
import io.tenure.segment.domain.funnel.FunnelQuery;
import io.tenure.segment.domain.funnel.FunnelRules;
import io.tenure.segment.domain.funnel.FunnelSplit;
import io.tenure.segment.domain.funnel.FunnelWindow;
import io.tenure.segment.domain.funnel.Funnels;
import io.tenure.segment.domain.funnel.StepRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.Samples;
import io.tenure.segment.domain.tally.ValueChoice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every option of a funnel from stored events to numbers, each worked out by hand. */
final class FunnelOptionsTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-04-03T12:00:00Z"), ZoneId.of("UTC"));
  private static final FunnelWindow HOUR = new FunnelWindow.Within(Duration.ofHours(1));
  private static final StepRule ALWAYS = StepRule.REQUIRED;
  private static final StepRule OPTIONAL = new StepRule(true, Duration.ZERO, StepRule.EVER);

  private static Bank bank;
  private static Funnels funnels;

  @BeforeAll
  static void fill() {
    bank = Bank.open("funnel_options");
    funnels = new Funnels(bank.journeys());
    // 1: an application without a detour, twice. 2: help and an error in between. 3: backwards.
    // 4: over midnight in Shanghai. 5: no check at all. 6: never past the start.
    bank.event(1, "Apply", "2026-03-01T10:00:00Z")
        .event(1, "Check", "2026-03-01T10:05:00Z")
        .event(100, 1, "Sign", "2026-03-01T10:10:00Z")
        .event(100, 1, "Sign", "2026-03-01T10:10:00Z")
        .event(1, "Apply", "2026-03-01T14:00:00Z")
        .event(1, "Check", "2026-03-01T14:01:00Z")
        .event(2, "Apply", "2026-03-01T10:00:00Z")
        .event(2, "Help", "2026-03-01T10:02:00Z", "topic", "rate")
        .event(2, "Check", "2026-03-01T10:20:00Z")
        .event(2, "Help", "2026-03-01T10:22:00Z", "topic", "error")
        .event(2, "Sign", "2026-03-01T10:30:00Z")
        .event(3, "Sign", "2026-03-01T10:00:00Z")
        .event(3, "Check", "2026-03-01T10:01:00Z")
        .event(3, "Apply", "2026-03-01T10:02:00Z")
        .event(4, "Apply", "2026-03-01T15:50:00Z")
        .event(4, "Check", "2026-03-01T15:59:59.999Z")
        .event(4, "Sign", "2026-03-01T16:00:00Z")
        .event(5, "Apply", "2026-03-01T10:00:00Z")
        .event(5, "Sign", "2026-03-01T10:01:00Z")
        .event(6, "Apply", "2026-03-01T10:00:00Z")
        .event(7, "Open", "2026-03-01T10:00:00Z", "product", "fund", "channel", "app")
        .event(7, "Buy", "2026-03-01T10:10:00Z", "product", "bond", "channel", "web")
        .event(7, "Open", "2026-03-01T10:20:00Z", "product", "bond")
        .event(7, "Buy", "2026-03-01T10:25:00Z", "product", "bond")
        .event(8, "Open", "2026-03-01T10:00:00Z", "product", "fund", "channel", "")
        .event(8, "Buy", "2026-03-01T10:40:00Z", "product", "fund", "channel", "web")
        .event(9, "Open", "2026-03-02T02:00:00Z", "channel", "app")
        .event(9, "Buy", "2026-03-02T02:30:00Z", "channel", "app")
        .event(10, "Open", "2026-03-02T03:00:00Z", "product", "bond", "channel", "app")
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void orderedFunnelsPassOverWhatHappensInBetween() {
    assertThat(users(rules(FunnelOrder.ORDERED, FunnelEntry.FURTHEST, HOUR)))
        .containsExactly(6L, 3L, 3L);
  }

  @Test
  void strictFunnelsDoNotAndAStoredDuplicateIsNoEventInBetween() {
    assertThat(users(rules(FunnelOrder.STRICT, FunnelEntry.FURTHEST, HOUR)))
        .containsExactly(6L, 2L, 2L);
  }

  @Test
  void withoutAnOrderTheStepsAreCounted() {
    FunnelRules rules = rules(FunnelOrder.ANY, FunnelEntry.FURTHEST, HOUR);
    assertThat(users(rules)).containsExactly(6L, 5L, 4L);
    assertThat(run(rules).steps()).extracting(Funnel.Step::name).containsOnly("");
  }

  @Test
  void attemptsAreCountedBesideUsers() {
    FunnelRules rules = rules(FunnelOrder.ORDERED, FunnelEntry.TOTALS, HOUR);
    assertThat(run(rules).steps()).extracting(Funnel.Step::attempts).containsExactly(7L, 4L, 3L);
    assertThat(users(rules)).containsExactly(6L, 3L, 3L);
    assertThat(run(rules).steps()).extracting(Funnel.Step::lostUsers).containsExactly(0L, 3L, 1L);
    assertThat(run(rules).steps().getLast().stepRate()).isEqualTo(0.75);
  }

  @Test
  void aDayEndsAtMidnightOfTheZone() {
    FunnelWindow day = new FunnelWindow.SameDay(SHANGHAI);
    assertThat(users(rules(FunnelOrder.ORDERED, FunnelEntry.FURTHEST, day)))
        .containsExactly(6L, 3L, 2L);
  }

  @Test
  void anOptionalStepCanBeLeftOut() {
    FunnelRules rules =
        rules(FunnelOrder.ORDERED, FunnelEntry.FURTHEST, HOUR, ALWAYS, OPTIONAL, ALWAYS);
    assertThat(users(rules)).containsExactly(6L, 3L, 4L);
    assertThat(run(rules).steps()).extracting(Funnel.Step::lostUsers).containsExactly(0L, 0L, 2L);
    assertThat(run(rules).steps().getLast().stepRate()).isEqualTo(4.0 / 6);
  }

  @Test
  void timeSinceTheStepBeforeHasBounds() {
    StepRule soon = new StepRule(false, Duration.ZERO, Duration.ofMinutes(5));
    StepRule late = new StepRule(false, Duration.ofMinutes(10), StepRule.EVER);
    assertThat(users(rules(FunnelOrder.ORDERED, FunnelEntry.FURTHEST, HOUR, ALWAYS, soon, ALWAYS)))
        .containsExactly(6L, 1L, 1L);
    assertThat(users(rules(FunnelOrder.ORDERED, FunnelEntry.FURTHEST, HOUR, ALWAYS, ALWAYS, late)))
        .containsExactly(6L, 3L, 1L);
  }

  @Test
  void anExclusionEndsAttemptsBetweenItsSteps() {
    EventSelector help = EventSelector.named("Help");
    EventSelector error =
        new EventSelector(
            "Help",
            List.of(
                new PropertyFilter(
                    "topic", new Comparison(Operator.EQUAL, List.of(new Value.Text("error"))))));
    assertThat(users(excluding(help, 0, 1))).containsExactly(6L, 2L, 2L);
    assertThat(users(excluding(error, 0, 1))).containsExactly(6L, 3L, 3L);
    assertThat(users(excluding(error, 0, 2))).containsExactly(6L, 3L, 2L);
  }

  @Test
  void aHeldPropertyKeepsItsValueInAllEventsOfAnAttempt() {
    assertThat(users(split(FunnelEntry.FURTHEST, FunnelSplit.NONE))).containsExactly(4L, 3L);
    FunnelSplit held = FunnelSplit.held(List.of("product"));
    assertThat(users(split(FunnelEntry.FURTHEST, held))).containsExactly(3L, 2L);
    assertThat(users(split(FunnelEntry.TOTALS, held))).containsExactly(3L, 2L);
    assertThat(run(split(FunnelEntry.TOTALS, held)).steps())
        .extracting(Funnel.Step::attempts)
        .containsExactly(4L, 2L);
  }

  @Test
  void aBreakdownTakesItsValueFromTheStepItNamesAndNeverCutsAJourney() {
    assertThat(byValue(new Breakdown(new Column.Property("channel"), 0, 25)))
        .containsExactly("app: 3, 2", ": 1, 1");
    assertThat(byValue(new Breakdown(new Column.Property("channel"), 1, 25)))
        .containsExactlyInAnyOrder("web: 2, 2", "app: 1, 1", "null: 1, 0");
    assertThat(byValue(new Breakdown(new Column.Property("channel"), Breakdown.LAST_DONE, 25)))
        .containsExactlyInAnyOrder("web: 2, 2", "app: 2, 1");
  }

  @Test
  void aTrendTellsPeriodsOfEntryApartAndMarksThoseThatCanGrow() {
    FunnelQuery query = split(FunnelEntry.FURTHEST, FunnelSplit.NONE.over(PeriodUnit.DAY));
    List<Funnel.Period> periods = run(query).periods();
    assertThat(periods)
        .extracting(period -> period.start())
        .containsExactly("2026-03-01", "2026-03-02");
    assertThat(periods)
        .extracting(period -> period.steps().getFirst().users())
        .containsExactly(2L, 2L);
    assertThat(periods)
        .extracting(period -> period.steps().getLast().users())
        .containsExactly(2L, 1L);
    assertThat(periods).extracting(Funnel.Period::incomplete).containsOnly(false);
    int second = PeriodUnit.DAY.indexOf(Instant.parse("2026-03-02T02:00:00Z"), SHANGHAI);
    FunnelCell lost = new FunnelCell(1, true, new FunnelCell.Period(second));
    assertThat(funnels.users(bank.project(), query, lost, NOW.instant())).containsExactly(10L);
  }

  @Test
  void periodsInWhichNobodyEnteredAreThereAndEmpty() {
    FunnelQuery months =
        new FunnelQuery(
            new Scope(
                new TimeRange(
                    Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z")),
                SHANGHAI,
                null),
            Stream.of("Open", "Buy").map(EventSelector::named).toList(),
            0,
            List.of(),
            rules(FunnelOrder.ORDERED, FunnelEntry.FURTHEST, HOUR, ALWAYS, ALWAYS),
            FunnelSplit.NONE.over(PeriodUnit.MONTH));
    assertThat(run(months).periods())
        .extracting(period -> period.steps().getFirst().users())
        .containsExactly(0L, 0L, 4L, 0L);
  }

  @Test
  void timesOfCompleteAttemptsMakeAHistogram() {
    Funnel.Conversion conversion = run(split(FunnelEntry.FURTHEST, FunnelSplit.NONE)).conversion();
    assertThat(conversion.median()).isEqualTo(Duration.ofMinutes(30));
    assertThat(conversion.histogram())
        .containsExactly(
            new Samples.Bar(Duration.ofMinutes(10), Duration.ofMinutes(25), 1, 1),
            new Samples.Bar(Duration.ofMinutes(25), Duration.ofMinutes(40), 2, 2));
  }

  @Test
  void periodsAreIncompleteWhileAnAttemptCanGoOn() {
    // It is 20:00 on the third in Shanghai; attempts of the second entered before midnight.
    assertThat(incomplete(new FunnelWindow.Within(Duration.ofHours(19))))
        .containsExactly(false, false, true);
    assertThat(incomplete(new FunnelWindow.Within(Duration.ofHours(21))))
        .containsExactly(false, true, true);
    assertThat(incomplete(new FunnelWindow.SameDay(SHANGHAI))).containsExactly(false, false, true);
  }

  private static List<Boolean> incomplete(FunnelWindow window) {
    TimeRange range =
        new TimeRange(Instant.parse("2026-03-31T16:00:00Z"), Instant.parse("2026-04-03T16:00:00Z"));
    FunnelQuery query =
        new FunnelQuery(
            new Scope(range, SHANGHAI, null),
            Stream.of("Open", "Buy").map(EventSelector::named).toList(),
            0,
            List.of(),
            rules(FunnelOrder.ORDERED, FunnelEntry.FURTHEST, window, ALWAYS, ALWAYS),
            FunnelSplit.NONE.over(PeriodUnit.DAY));
    return run(query).periods().stream().map(Funnel.Period::incomplete).toList();
  }

  private static List<String> byValue(Breakdown breakdown) {
    FunnelQuery query = split(FunnelEntry.FURTHEST, FunnelSplit.NONE.by(breakdown));
    List<Funnel.Value> values = run(query).values().shown();
    for (Funnel.Value value : values) {
      FunnelCell.Value asked =
          new FunnelCell.Value(ValueChoice.one(Journey.written(value.value())));
      for (int step = 0; step < 2; step++) {
        FunnelCell cell = new FunnelCell(step, false, asked);
        assertThat(funnels.users(bank.project(), query, cell, NOW.instant()))
            .hasSize((int) value.steps().get(step).users());
      }
    }
    return values.stream()
        .map(
            value ->
                value.value()
                    + ": "
                    + value.steps().getFirst().users()
                    + ", "
                    + value.steps().getLast().users())
        .toList();
  }

  private static Funnel run(FunnelQuery query) {
    return funnels.run(bank.project(), query, NOW.instant());
  }

  private static FunnelQuery split(FunnelEntry entry, FunnelSplit split) {
    TimeRange range =
        new TimeRange(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-02T16:00:00Z"));
    return new FunnelQuery(
        new Scope(range, SHANGHAI, null),
        Stream.of("Open", "Buy").map(EventSelector::named).toList(),
        0,
        List.of(),
        rules(FunnelOrder.ORDERED, entry, HOUR, ALWAYS, ALWAYS),
        split);
  }

  /** The numbers of users; the lists behind all of them must have them too. */
  private static List<Long> users(FunnelRules rules) {
    return users(query(rules, List.of()));
  }

  private static List<Long> users(FunnelQuery query) {
    List<Funnel.Step> steps = funnels.run(bank.project(), query, NOW.instant()).steps();
    for (int step = 0; step < steps.size(); step++) {
      assertThat(funnels.users(bank.project(), query, FunnelCell.of(step, false), NOW.instant()))
          .hasSize((int) steps.get(step).users());
      assertThat(funnels.users(bank.project(), query, FunnelCell.of(step, true), NOW.instant()))
          .hasSize((int) steps.get(step).lostUsers());
    }
    return steps.stream().map(Funnel.Step::users).toList();
  }

  private static Funnel run(FunnelRules rules) {
    return funnels.run(bank.project(), query(rules, List.of()), NOW.instant());
  }

  private static FunnelQuery excluding(EventSelector selector, int after, int before) {
    FunnelRules plain = rules(FunnelOrder.ORDERED, FunnelEntry.FURTHEST, HOUR);
    return query(
        new FunnelRules(
            plain.steps(),
            plain.order(),
            plain.entry(),
            HOUR,
            List.of(new Exclusion(after, before))),
        List.of(selector));
  }

  private static FunnelQuery query(FunnelRules rules, List<EventSelector> exclusions) {
    TimeRange range =
        new TimeRange(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"));
    return new FunnelQuery(
        new Scope(range, SHANGHAI, null),
        Stream.of("Apply", "Check", "Sign").map(EventSelector::named).toList(),
        0,
        exclusions,
        rules,
        FunnelSplit.NONE);
  }

  private static FunnelRules rules(
      FunnelOrder order, FunnelEntry entry, FunnelWindow window, StepRule... steps) {
    List<StepRule> given = steps.length == 0 ? List.of(ALWAYS, ALWAYS, ALWAYS) : List.of(steps);
    return new FunnelRules(given, order, entry, window, List.of());
  }
}
