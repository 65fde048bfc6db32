package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Value;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.ClosedDays;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Cohorting;
import io.tenure.segment.domain.cohort.Parts;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.distribution.Distribution;
import io.tenure.segment.domain.distribution.DistributionQuery;
import io.tenure.segment.domain.distribution.Distributions;
import io.tenure.segment.domain.distribution.UserMeasure;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.lifecycle.Lifecycle;
import io.tenure.segment.domain.lifecycle.LifecyclePart;
import io.tenure.segment.domain.lifecycle.LifecycleQuery;
import io.tenure.segment.domain.lifecycle.Lifecycles;
import io.tenure.segment.domain.lifecycle.Newcomer;
import io.tenure.segment.domain.ltv.Ltv;
import io.tenure.segment.domain.ltv.LtvQuery;
import io.tenure.segment.domain.ltv.Ltvs;
import io.tenure.segment.domain.retention.Bracket;
import io.tenure.segment.domain.retention.Retention;
import io.tenure.segment.domain.retention.RetentionQuery;
import io.tenure.segment.domain.retention.Retentions;
import io.tenure.segment.domain.retention.ReturnRule;
import io.tenure.segment.domain.trend.Aggregate;
import io.tenure.segment.domain.trend.Measure;
import io.tenure.segment.domain.trend.Trend;
import io.tenure.segment.domain.trend.TrendQuery;
import io.tenure.segment.domain.trend.Trends;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The options of models that follow users through periods, each worked out by hand. */
final class PeriodModelsTest {

  private static final Instant NOW = Instant.parse("2026-04-03T12:00:00Z");
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final EventSelector OPEN = EventSelector.named("Open");
  private static final EventSelector TRADE = EventSelector.named("Trade");

  private Bank bank;
  private Retentions retentions;

  @BeforeEach
  void open() {
    bank = Bank.open("period_models");
    retentions =
        new Retentions(new ClickHouseActivity(bank.scans(), bank.conditions()), bank.journeys());
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void theTradingDayAfterAFridayIsDayOne() {
    bank.event(1, "Open", "2026-03-06T02:00:00Z")
        .event(1, "Trade", "2026-03-09T02:00:00Z")
        .event(2, "Open", "2026-03-06T02:00:00Z")
        .event(2, "Trade", "2026-03-07T02:00:00Z")
        .store();
    Scope scope = scope("2026-03-06", "2026-03-07", SHANGHAI);

    Periods next = Bank.exchange(ClosedDays.NEXT_OPEN_DAY);
    Retention counted = run(new RetentionQuery(scope, OPEN, TRADE, next, 2));
    assertThat(counted.parts().all().cohorts().getFirst().start()).isEqualTo("2026-03-06");
    assertThat(cells(counted)).containsExactly(2L, 0L);

    Periods leftOut = Bank.exchange(ClosedDays.LEFT_OUT);
    assertThat(cells(run(new RetentionQuery(scope, OPEN, TRADE, leftOut, 2))))
        .containsExactly(1L, 0L);
    assertThat(cells(run(new RetentionQuery(scope, OPEN, TRADE, PeriodUnit.DAY, 3))))
        .containsExactly(1L, 0L, 1L);
  }

  @Test
  void aTableThatReachesBeyondTheCalendarIsRefused() {
    Scope december = scope("2026-12-28", "2026-12-31", SHANGHAI);
    Periods days = Bank.exchange(ClosedDays.NEXT_OPEN_DAY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetentionQuery(december, OPEN, TRADE, days, 5))
        .withMessageContaining("covers 2024 to 2026");
  }

  @Test
  void firstEverLooksBeforeTheRangeAndBeforeTheFilter() {
    bank.event(1, "Open", "2026-02-01T10:00:00Z", "kind", "gold")
        .event(1, "Open", "2026-03-02T10:00:00Z", "kind", "gold")
        .event(2, "Open", "2026-02-01T10:00:00Z", "kind", "plain")
        .event(2, "Open", "2026-03-02T10:00:00Z", "kind", "gold")
        .event(3, "Open", "2026-03-02T10:00:00Z", "kind", "gold")
        .event(3, "Open", "2026-03-03T10:00:00Z", "kind", "gold")
        .store();
    assertThat(cohortUsers(Cohorting.EVERY_PERIOD)).containsExactly(3L, 1L);
    assertThat(cohortUsers(Cohorting.FIRST_IN_RANGE)).containsExactly(3L);
    assertThat(cohortUsers(Cohorting.FIRST_MATCHING)).containsExactly(2L);
    assertThat(cohortUsers(Cohorting.FIRST_EVER)).containsExactly(1L);
  }

  @Test
  void rollingDaysBeginWithTheUsersOwnStart() {
    bank.event(1, "Open", "2026-03-02T20:00:00Z")
        .event(1, "Trade", "2026-03-03T10:00:00Z")
        .event(2, "Open", "2026-03-02T20:00:00Z")
        .event(2, "Trade", "2026-03-03T20:00:00Z")
        .store();
    Scope scope = scope("2026-03-02", "2026-03-03", UTC);
    assertThat(cells(run(new RetentionQuery(scope, OPEN, TRADE, PeriodUnit.DAY, 1))))
        .containsExactly(2L);
    assertThat(cells(run(query(scope, Cohorting.EVERY_PERIOD, true, null, null, null, 1, 1))))
        .containsExactly(1L);
  }

  @Test
  void rulesSayWhoCameOnAfterBeforeAlwaysAndForTheLastTime() {
    bank.event(1, "Open", "2026-03-02T10:00:00Z")
        .event(1, "Trade", "2026-03-03T10:00:00Z")
        .event(1, "Trade", "2026-03-04T10:00:00Z")
        .event(2, "Open", "2026-03-02T10:00:00Z")
        .event(2, "Trade", "2026-03-05T10:00:00Z")
        .event(3, "Open", "2026-03-02T10:00:00Z")
        .store();
    assertThat(rule(ReturnRule.ON)).containsExactly(1L, 1L, 1L);
    assertThat(rule(ReturnRule.ON_OR_AFTER)).containsExactly(2L, 2L, 1L);
    assertThat(rule(ReturnRule.ON_OR_BEFORE)).containsExactly(1L, 1L, 2L);
    assertThat(rule(ReturnRule.STREAK)).containsExactly(1L, 1L, 0L);
    assertThat(rule(ReturnRule.LAST_SEEN)).containsExactly(0L, 1L, 1L);
    assertThat(rule(ReturnRule.ON, new Bracket(1, 2), new Bracket(2, 3))).containsExactly(1L, 2L);
  }

  @Test
  void amountsAreExactAndDuplicatesCountOnce() {
    bank.event(5, 1, "Trade", "2026-03-03T10:00:00Z", "fee", "0.10").store();
    bank.event(5, 1, "Trade", "2026-03-03T10:00:00Z", "fee", "0.10")
        .event(1, "Open", "2026-03-02T10:00:00Z")
        .event(1, "Trade", "2026-03-03T11:00:00Z", "fee", "0.20")
        .event(1, "Trade", "2026-03-03T12:00:00Z", "fee", "")
        .event(1, "Trade", "2026-03-03T13:00:00Z")
        .store();
    Scope scope = scope("2026-03-02", "2026-03-03", UTC);
    var cell =
        run(query(scope, Cohorting.EVERY_PERIOD, false, "fee", null, null, 1, 1))
            .parts()
            .all()
            .cohorts()
            .getFirst()
            .cells()
            .getFirst();
    assertThat(cell.amount().sum()).isEqualByComparingTo("0.30");
    assertThat(cell.amount().values()).isEqualTo(2);
    assertThat(cell.amount().mean()).isEqualByComparingTo("0.15");
    assertThat(cells(run(query(scope, Cohorting.EVERY_PERIOD, false, null, null, null, 1, 5))))
        .containsExactly(0L);
    assertThat(cells(run(query(scope, Cohorting.EVERY_PERIOD, false, null, null, null, 1, 4))))
        .containsExactly(1L);
  }

  @Test
  void aHeldPropertyMustBeTheSameAndAValueNeverCutsAJourney() {
    bank.event(1, "Open", "2026-03-02T10:00:00Z", "fund", "A")
        .event(1, "Trade", "2026-03-03T10:00:00Z", "fund", "B")
        .event(2, "Open", "2026-03-02T10:00:00Z", "fund", "A")
        .event(2, "Trade", "2026-03-03T10:00:00Z", "fund", "A")
        .event(3, "Open", "2026-03-02T10:00:00Z", "fund", "")
        .event(4, "Open", "2026-03-02T10:00:00Z")
        .store();
    Scope scope = scope("2026-03-02", "2026-03-03", UTC);
    Retention held = run(query(scope, Cohorting.EVERY_PERIOD, false, null, "fund", null, 1, 1));
    assertThat(held.parts().all().cohorts().getFirst().users()).isEqualTo(3);
    assertThat(cells(held)).containsExactly(1L);

    Retention split =
        run(
            query(
                scope,
                Cohorting.EVERY_PERIOD,
                false,
                null,
                null,
                new StartValues(new Column.Property("fund"), 2),
                1,
                1));
    assertThat(split.parts().values())
        .extracting(Parts.Value::value, value -> value.part().cohorts().getFirst().users())
        .containsExactly(tuple("A", 2L), tuple(null, 1L));
    assertThat(
            split
                .parts()
                .values()
                .getFirst()
                .part()
                .cohorts()
                .getFirst()
                .cells()
                .getFirst()
                .users())
        .isEqualTo(2);
    assertThat(split.parts().others()).isNotNull();
    assertThat(split.parts().valueCount()).isEqualTo(3);
  }

  @Test
  void partsOfALifecycleAddUpToTheUsersOfATrend() {
    bank.profile(1)
        .profile(2)
        .event(1, "Open", "2026-02-20T10:00:00Z")
        .event(1, "Open", "2026-03-02T10:00:00Z")
        .event(1, "Open", "2026-03-03T10:00:00Z")
        .event(2, "Open", "2026-03-03T10:00:00Z")
        .event(2, "Open", "2026-03-05T10:00:00Z")
        .store();
    Scope scope = scope("2026-03-02", "2026-03-06", UTC);
    Lifecycle lifecycle =
        new Lifecycles(new ClickHouseLifespans(bank.scans(), bank.conditions()))
            .run(
                bank.project(),
                new LifecycleQuery(scope, OPEN, PeriodUnit.DAY, Newcomer.FIRST_MATCHING),
                NOW);
    assertThat(lifecycle.periods())
        .extracting(
            period -> period.users(LifecyclePart.NEW),
            period -> period.users(LifecyclePart.RETURNING),
            period -> period.users(LifecyclePart.RESURRECTING),
            period -> period.users(LifecyclePart.DORMANT))
        .containsExactly(
            tuple(0L, 0L, 1L, 0L),
            tuple(1L, 1L, 0L, 0L),
            tuple(0L, 0L, 0L, 2L),
            tuple(0L, 0L, 1L, 0L));

    Trend trend =
        new Trends(new ClickHouseTrendCounts(bank.scans(), bank.conditions()))
            .run(
                bank.project(),
                TrendQuery.of(scope, new Measure(OPEN, new Aggregate.Users(1)), PeriodUnit.DAY),
                NOW);
    List<Long> active =
        trend.series().getFirst().points().stream().map(p -> p.number().users()).toList();
    assertThat(lifecycle.periods())
        .extracting(
            period ->
                period.users(LifecyclePart.NEW)
                    + period.users(LifecyclePart.RETURNING)
                    + period.users(LifecyclePart.RESURRECTING))
        .containsExactlyElementsOf(active);

    Retention cohorts = run(new RetentionQuery(scope, OPEN, OPEN, PeriodUnit.DAY, 1));
    assertThat(cohorts.parts().all().cohorts())
        .extracting(Retention.Cohort::users)
        .containsExactlyElementsOf(active.stream().filter(users -> users > 0).toList());

    Distribution days =
        new Distributions(new ClickHouseMeasures(bank.scans(), bank.conditions()))
            .run(
                bank.project(),
                new DistributionQuery(
                    scope,
                    OPEN,
                    new UserMeasure.ActivePeriods(PeriodUnit.DAY, 1),
                    null,
                    List.of(),
                    false,
                    true),
                NOW);
    assertThat(days.frames().getFirst().users())
        .isEqualTo(trend.series().getFirst().total().users());
    assertThat(days.frames().getFirst().mean()).isEqualByComparingTo("2");
    assertThat(days.frames().getFirst().inactive()).isZero();
  }

  @Test
  void aProfileThatIsOlderThanItsFirstMatchingEventIsNotNew() {
    bank.profile(1).event(1, "Open", "2026-03-02T10:00:00Z").store();
    bank.clickHouse()
        .execute(
            "ALTER TABLE profiles UPDATE first_seen_time = toDateTime64('2026-01-05 00:00:00', 3,"
                + " 'UTC') WHERE user_number = 1 SETTINGS mutations_sync = 2",
            Map.of());
    Scope scope = scope("2026-03-02", "2026-03-03", UTC);
    Lifecycles lifecycles =
        new Lifecycles(new ClickHouseLifespans(bank.scans(), bank.conditions()));
    for (Newcomer newcomer : Newcomer.values()) {
      Lifecycle lifecycle =
          lifecycles.run(
              bank.project(), new LifecycleQuery(scope, OPEN, PeriodUnit.DAY, newcomer), NOW);
      boolean matching = newcomer == Newcomer.FIRST_MATCHING;
      assertThat(lifecycle.periods().getFirst().users(LifecyclePart.NEW))
          .isEqualTo(matching ? 1 : 0);
      assertThat(lifecycle.periods().getFirst().users(LifecyclePart.RESURRECTING))
          .isEqualTo(matching ? 0 : 1);
    }
  }

  @Test
  void everybodyOfACohortCountsInItsValueAndRefundsAreNegative() {
    bank.event(1, "Open", "2026-03-30T10:00:00Z")
        .event(1, "Trade", "2026-03-30T11:00:00Z", "fee", "10.00")
        .event(1, "Trade", "2026-03-31T11:00:00Z", "fee", "-2.50")
        .event(2, "Open", "2026-03-30T10:00:00Z")
        .event(3, "Open", "2026-04-02T10:00:00Z")
        .event(3, "Trade", "2026-04-02T10:00:00Z", "fee", "100")
        .store();
    Scope scope = scope("2026-03-30", "2026-04-03", UTC);
    Ltv ltv =
        new Ltvs(bank.journeys())
            .run(
                bank.project(),
                new LtvQuery(
                    cohorts(scope, Cohorting.FIRST_EVER, false, "fee", null, null, 2, true)),
                NOW);
    assertThat(ltv.parts().all().cohorts())
        .extracting(Ltv.Cohort::start, Ltv.Cohort::users)
        .containsExactly(tuple("2026-03-30", 2L), tuple("2026-04-02", 1L));
    assertThat(ltv.parts().all().cohorts().getFirst().counts())
        .extracting(Ltv.Count::perUser, Ltv.Count::payers, Ltv.Count::incomplete)
        .containsExactly(
            tuple(new BigDecimal("5.00"), 1L, false),
            tuple(new BigDecimal("3.75"), 1L, false),
            tuple(new BigDecimal("3.75"), 1L, false));
    assertThat(ltv.parts().all().cohorts().getLast().counts())
        .extracting(Ltv.Count::incomplete)
        .containsExactly(false, true, true);
    assertThat(ltv.parts().all().means())
        .extracting(Ltv.Count::users, count -> count.amount().sum())
        .containsExactly(
            tuple(3L, new BigDecimal("110.00")),
            tuple(2L, new BigDecimal("7.50")),
            tuple(2L, new BigDecimal("7.50")));
  }

  private List<Long> rule(ReturnRule rule, Bracket... brackets) {
    Scope scope = scope("2026-03-02", "2026-03-03", UTC);
    List<Bracket> columns = brackets.length == 0 ? RetentionQuery.each(3) : List.of(brackets);
    return cells(
        run(
            new RetentionQuery(
                cohorts(scope, Cohorting.EVERY_PERIOD, false, null, null, null, 3, false),
                rule,
                columns,
                1)));
  }

  private List<Long> cohortUsers(Cohorting cohorting) {
    EventSelector gold =
        new EventSelector(
            "Open",
            List.of(
                new PropertyFilter(
                    "kind", new Comparison(Operator.EQUAL, List.of(new Value.Text("gold"))))));
    CohortQuery cohorts =
        new CohortQuery(
            scope("2026-03-01", "2026-03-10", UTC),
            gold,
            TRADE,
            PeriodUnit.DAY,
            1,
            cohorting,
            false,
            null,
            null,
            null,
            false);
    return run(new RetentionQuery(cohorts, ReturnRule.ON, RetentionQuery.each(1), 1))
        .parts()
        .all()
        .cohorts()
        .stream()
        .map(Retention.Cohort::users)
        .toList();
  }

  private static RetentionQuery query(
      Scope scope,
      Cohorting cohorting,
      boolean rolling,
      @Nullable String amount,
      @Nullable String held,
      @Nullable StartValues values,
      int horizon,
      int least) {
    return new RetentionQuery(
        cohorts(scope, cohorting, rolling, amount, held, values, horizon, least > 1),
        ReturnRule.ON,
        RetentionQuery.each(horizon),
        least);
  }

  private static CohortQuery cohorts(
      Scope scope,
      Cohorting cohorting,
      boolean rolling,
      @Nullable String amount,
      @Nullable String held,
      @Nullable StartValues values,
      int horizon,
      boolean counted) {
    return new CohortQuery(
        scope,
        OPEN,
        TRADE,
        PeriodUnit.DAY,
        horizon,
        cohorting,
        rolling,
        amount,
        held,
        values,
        counted);
  }

  private Retention run(RetentionQuery query) {
    return retentions.run(bank.project(), query, NOW);
  }

  private static List<Long> cells(Retention retention) {
    return retention.parts().all().cohorts().getFirst().cells().stream()
        .map(Retention.Cell::users)
        .toList();
  }

  private static Scope scope(String from, String to, ZoneId zone) {
    return new Scope(
        new TimeRange(
            LocalDate.parse(from).atStartOfDay(zone).toInstant(),
            LocalDate.parse(to).atStartOfDay(zone).toInstant()),
        zone,
        null);
  }
}
