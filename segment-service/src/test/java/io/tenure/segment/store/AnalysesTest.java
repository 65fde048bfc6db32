package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Value;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.Analyses;
import io.tenure.segment.domain.analysis.Freshness;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Run;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.funnel.Funnel;
import io.tenure.segment.domain.funnel.FunnelCell;
import io.tenure.segment.domain.funnel.FunnelQuery;
import io.tenure.segment.domain.funnel.Funnels;
import io.tenure.segment.domain.retention.Retention;
import io.tenure.segment.domain.retention.RetentionQuery;
import io.tenure.segment.domain.retention.Retentions;
import io.tenure.segment.domain.trend.Aggregate;
import io.tenure.segment.domain.trend.Measure;
import io.tenure.segment.domain.trend.Trend;
import io.tenure.segment.domain.trend.TrendQuery;
import io.tenure.segment.domain.trend.Trends;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Funnels, retention and trends from stored events to numbers, each worked out by hand. */
final class AnalysesTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-04-03T12:00:00Z"), ZoneId.of("UTC"));
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private Bank bank;
  private Funnels funnels;
  private Retentions retentions;
  private Trends trends;
  private Analyses analyses;
  private ClickHouseWatermark watermark;

  @BeforeEach
  void open() {
    bank = Bank.open("analyses");
    funnels = new Funnels(bank.journeys());
    retentions =
        new Retentions(new ClickHouseActivity(bank.scans(), bank.conditions()), bank.journeys());
    trends = new Trends(new ClickHouseTrendCounts(bank.scans(), bank.conditions()));
    watermark = new ClickHouseWatermark(bank.clickHouse(), NOW);
    analyses = new Analyses(watermark, NOW);
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void countsUsersRatesAndTimesOfEveryStep() {
    bank.event(1, "A", "2026-03-01T13:00:00Z")
        .event(1, "A", "2026-03-01T13:30:00Z")
        .event(1, "B", "2026-03-01T13:45:00Z")
        .event(1, "C", "2026-03-01T14:15:00Z")
        .event(2, "A", "2026-03-01T13:00:00Z")
        .event(2, "B", "2026-03-01T13:25:00Z")
        .event(3, "A", "2026-03-01T13:00:00Z")
        .event(4, "B", "2026-03-01T13:00:00Z")
        .event(5, "A", "2026-03-01T13:00:00.500Z")
        .event(5, "B", "2026-03-01T13:00:00.500Z")
        .event(5, "C", "2026-03-01T13:00:00.500Z")
        .store();
    FunnelQuery query = funnel("2026-03-01", "2026-03-02", Duration.ofHours(1), "A", "B", "C");

    Funnel funnel = run(query);

    assertThat(funnel.steps()).extracting(Funnel.Step::users).containsExactly(4L, 3L, 2L);
    assertThat(funnel.steps()).extracting(Funnel.Step::lostUsers).containsExactly(0L, 1L, 1L);
    assertThat(funnel.steps())
        .extracting(Funnel.Step::stepRate)
        .containsExactly(1.0, 0.75, 2.0 / 3);
    assertThat(funnel.steps()).extracting(Funnel.Step::totalRate).containsExactly(1.0, 0.75, 0.5);
    assertThat(funnel.steps())
        .extracting(Funnel.Step::medianTime)
        .containsExactly(null, Duration.ofMinutes(15), Duration.ofMinutes(15));
    Freshness freshness = freshness(query);
    assertThat(freshness.dataTime()).isEqualTo("2026-03-01T14:15:05Z");
    assertThat(freshness.computeTime()).isEqualTo(NOW.instant());
    assertThat(freshness.rowsRead()).isPositive();
  }

  @Test
  void listsExactlyTheUsersItCounts() {
    for (int user = 1; user <= 25; user++) {
      bank.event(user, "A", "2026-03-01T10:00:00Z");
      if (user % 2 == 0) {
        bank.event(user, "B", "2026-03-01T10:01:00Z");
      }
    }
    bank.store();
    FunnelQuery query = funnel("2026-03-01", "2026-03-02", Duration.ofHours(1), "A", "B");

    Funnel funnel = run(query);

    for (int step = 0; step < 2; step++) {
      assertThat(users(query, step, false)).hasSize((int) funnel.steps().get(step).users());
      assertThat(users(query, step, true)).hasSize((int) funnel.steps().get(step).lostUsers());
    }
    assertThat(users(query, 1, false)).startsWith(2L, 4L, 6L).isSorted().doesNotHaveDuplicates();
    assertThat(users(query, 1, true)).startsWith(1L, 3L);
  }

  @Test
  void entriesLieInTheRangeAndLaterStepsMayFollowIt() {
    bank.event(1, "A", "2026-03-01T23:59:59.999Z")
        .event(1, "B", "2026-03-02T00:59:59.999Z")
        .event(2, "A", "2026-03-01T23:59:59.999Z")
        .event(2, "B", "2026-03-02T01:00:00Z")
        .event(3, "A", "2026-03-02T00:00:00Z")
        .event(3, "B", "2026-03-02T00:00:01Z")
        .event(4, "A", "2026-02-28T23:59:59.999Z")
        .event(4, "B", "2026-03-01T00:00:00Z")
        .event(5, "A", "2026-03-01T00:00:00Z")
        .event(5, "B", "2026-03-01T01:00:00Z")
        .store();

    Funnel funnel = run(funnel("2026-03-01", "2026-03-02", Duration.ofHours(1), "A", "B"));

    assertThat(funnel.steps()).extracting(Funnel.Step::users).containsExactly(3L, 2L);
  }

  @Test
  void aStoredDuplicateIsNoSecondStep() {
    bank.event(77, 1, "A", "2026-03-01T10:00:00Z").store();
    bank.event(77, 1, "A", "2026-03-01T10:00:00Z").store();
    bank.event(2, "A", "2026-03-01T10:00:00Z").event(2, "A", "2026-03-01T10:00:00Z").store();

    Funnel repeated = run(funnel("2026-03-01", "2026-03-02", Duration.ofHours(1), "A", "A"));

    assertThat(repeated.steps()).extracting(Funnel.Step::users).containsExactly(2L, 1L);
  }

  @Test
  void stepsMayBeFilteredOrTakeAnyEvent() {
    bank.event(1, "Transfer", "2026-03-01T10:00:00Z", "amount", "99.99")
        .event(2, "Transfer", "2026-03-01T10:00:00Z", "amount", "100")
        .event(2, "Other", "2026-03-01T10:10:00Z")
        .store();
    EventSelector large =
        new EventSelector(
            "Transfer",
            List.of(
                new PropertyFilter(
                    "amount",
                    new Comparison(
                        Operator.GREATER_OR_EQUAL,
                        List.of(new Value.Decimal(new BigDecimal("100")))))));
    FunnelQuery query =
        FunnelQuery.ordered(
            scope("2026-03-01", "2026-03-02", UTC),
            List.of(large, EventSelector.named("")),
            Duration.ofHours(1));

    assertThat(run(query).steps()).extracting(Funnel.Step::users).containsExactly(1L, 1L);
  }

  @Test
  void aConditionRestrictsTheUsersOfEveryModel() {
    bank.profile(1, "tier", "\"gold\"").profile(2, "tier", "\"silver\"");
    bank.event(1, "A", "2026-03-01T10:00:00Z")
        .event(2, "A", "2026-03-01T10:00:00Z")
        .event(1, "A", "2026-03-02T10:00:00Z")
        .event(2, "A", "2026-03-02T10:00:00Z")
        .store();
    Condition gold =
        new Condition.Trait(
            "tier", new Comparison(Operator.EQUAL, List.of(new Value.Text("gold"))));
    Scope scope = new Scope(range("2026-03-01", "2026-03-02"), UTC, gold);
    EventSelector a = EventSelector.named("A");

    FunnelQuery funnel = FunnelQuery.ordered(scope, List.of(a, a), Duration.ofDays(2));
    assertThat(run(funnel).steps()).extracting(Funnel.Step::users).containsExactly(1L, 1L);
    Retention retention = run(new RetentionQuery(scope, a, a, PeriodUnit.DAY, 1));
    assertThat(retention.parts().all().cohorts().getFirst().users()).isEqualTo(1);
    Trend.Series trend = run(events(scope, "A", PeriodUnit.DAY));
    assertThat(trend.total().users()).isEqualTo(1);
  }

  @Test
  void retentionFollowsTheLocalCalendar() {
    bank.event(1, "Open", "2026-03-01T15:59:59Z")
        .event(1, "Login", "2026-03-01T16:00:00Z")
        .event(2, "Open", "2026-03-01T16:00:00Z")
        .event(2, "Login", "2026-03-02T15:59:59.999Z")
        .event(2, "Login", "2026-03-03T16:00:00Z")
        .store();
    EventSelector open = EventSelector.named("Open");
    EventSelector login = EventSelector.named("Login");

    Retention local =
        run(
            new RetentionQuery(
                scope("2026-02-28", "2026-03-03", SHANGHAI), open, login, PeriodUnit.DAY, 2));

    assertThat(local.parts().all().cohorts())
        .extracting(Retention.Cohort::start, Retention.Cohort::users)
        .containsExactly(tuple("2026-03-01", 1L), tuple("2026-03-02", 1L));
    assertThat(cells(local, 0)).containsExactly(1L, 0L);
    assertThat(cells(local, 1)).containsExactly(0L, 1L);
    assertThat(local.parts().all().means())
        .extracting(Retention.Mean::rate)
        .containsExactly(0.5, 0.5);
  }

  @Test
  void aUserBelongsToEveryCohortOfARecurringStart() {
    bank.event(1, "Login", "2026-03-02T10:00:00Z")
        .event(1, "Login", "2026-03-10T10:00:00Z")
        .event(1, "Login", "2026-03-17T10:00:00Z")
        .event(2, "Login", "2026-03-04T10:00:00Z")
        .store();
    EventSelector login = EventSelector.named("Login");

    Retention weekly =
        run(
            new RetentionQuery(
                scope("2026-03-02", "2026-03-16", UTC), login, login, PeriodUnit.WEEK, 2));

    assertThat(weekly.parts().all().cohorts())
        .extracting(Retention.Cohort::start, Retention.Cohort::users)
        .containsExactly(tuple("2026-03-02", 2L), tuple("2026-03-09", 1L));
    assertThat(cells(weekly, 0)).containsExactly(1L, 1L);
    assertThat(cells(weekly, 1)).containsExactly(1L, 0L);
    assertThat(weekly.parts().all().means().getFirst().rate()).isEqualTo(2.0 / 3);
  }

  @Test
  void incompleteCellsAreMarkedAndLeftOutOfTheMean() {
    bank.event(1, "Login", "2026-04-01T10:00:00Z")
        .event(1, "Login", "2026-04-02T10:00:00Z")
        .event(2, "Login", "2026-04-02T10:00:00Z")
        .event(2, "Login", "2026-04-03T10:00:00Z")
        .store();
    EventSelector login = EventSelector.named("Login");

    Retention daily =
        run(
            new RetentionQuery(
                scope("2026-04-01", "2026-04-03", UTC), login, login, PeriodUnit.DAY, 2));

    assertThat(daily.parts().all().cohorts().getFirst().cells())
        .extracting(Retention.Cell::incomplete)
        .containsExactly(false, true);
    assertThat(daily.parts().all().cohorts().getLast().cells())
        .extracting(Retention.Cell::incomplete)
        .containsExactly(true, true);
    assertThat(daily.parts().all().means())
        .extracting(Retention.Mean::rate)
        .containsExactly(1.0, null);
  }

  @Test
  void trendFillsEmptyPeriodsAndCountsDuplicatesOnce() {
    bank.event(5, 1, "Login", "2026-03-29T00:30:00Z").store();
    bank.event(5, 1, "Login", "2026-03-29T00:30:00Z")
        .event(1, "Login", "2026-03-29T21:59:59Z")
        .event(2, "Login", "2026-03-29T22:00:00Z")
        .event(1, "Login", "2026-03-31T10:00:00Z")
        .store();

    Trend.Series trend =
        run(events(scope("2026-03-28", "2026-04-01", BERLIN), "Login", PeriodUnit.DAY));

    assertThat(trend.points())
        .extracting(point -> point.start(), AnalysesTest::events, point -> point.number().users())
        .containsExactly(
            tuple("2026-03-28", 0L, 0L),
            tuple("2026-03-29", 2L, 1L),
            tuple("2026-03-30", 1L, 1L),
            tuple("2026-03-31", 1L, 1L),
            tuple("2026-04-01", 0L, 0L));
    assertThat(trend.total().value()).isEqualTo("4");
    assertThat(trend.total().users()).isEqualTo(2);
    assertThat(trend.points()).noneMatch(Trend.Point::incomplete);
  }

  @Test
  void trendByMonthMarksThePeriodThatStillRuns() {
    bank.event(1, "Login", "2026-02-28T16:00:00Z")
        .event(1, "Login", "2026-04-02T10:00:00Z")
        .store();

    Trend.Series trend =
        run(
            events(
                new Scope(range("2026-02-10", "2026-05-01"), SHANGHAI, null),
                "Login",
                PeriodUnit.MONTH));

    assertThat(trend.points())
        .extracting(point -> point.start(), AnalysesTest::events, Trend.Point::incomplete)
        .containsExactly(
            tuple("2026-02-01", 0L, false),
            tuple("2026-03-01", 1L, false),
            tuple("2026-04-01", 1L, true),
            tuple("2026-05-01", 0L, true));
  }

  @Test
  void withoutEventsEverythingIsEmptyAndNothingFails() {
    EventSelector login = EventSelector.named("Login");
    Scope scope = scope("2026-03-01", "2026-03-03", UTC);
    FunnelQuery funnel = funnel("2026-03-01", "2026-03-03", Duration.ofHours(1), "A", "B");
    assertThat(run(funnel).steps())
        .extracting(Funnel.Step::users, Funnel.Step::stepRate, Funnel.Step::medianTime)
        .containsOnly(tuple(0L, 0.0, null));
    assertThat(freshness(funnel).dataTime()).isNull();
    assertThat(
            run(new RetentionQuery(scope, login, login, PeriodUnit.DAY, 3)).parts().all().cohorts())
        .isEmpty();
    assertThat(run(events(scope, "Login", PeriodUnit.DAY)).points()).hasSize(2);
  }

  private Funnel run(FunnelQuery query) {
    Funnel funnel = funnels.run(bank.project(), query, NOW.instant());
    for (int step = 0; step < query.steps().size(); step++) {
      assertThat(users(query, step, false)).hasSize((int) funnel.steps().get(step).users());
      assertThat(users(query, step, true)).hasSize((int) funnel.steps().get(step).lostUsers());
    }
    return funnel;
  }

  private List<Long> users(FunnelQuery query, int step, boolean lost) {
    return LongStream.of(
            funnels.users(bank.project(), query, FunnelCell.of(step, lost), NOW.instant()))
        .boxed()
        .toList();
  }

  private Freshness freshness(FunnelQuery query) {
    return analyses
        .run(Run.answering(), bank.project(), funnels, query, watermark.version())
        .freshness();
  }

  private Retention run(RetentionQuery query) {
    return retentions.run(bank.project(), query, NOW.instant());
  }

  private Trend.Series run(TrendQuery query) {
    return trends.run(bank.project(), query, NOW.instant()).series().getFirst();
  }

  private static long events(Trend.Point point) {
    return Objects.requireNonNull(point.number().value()).longValue();
  }

  private static TrendQuery events(Scope scope, String name, PeriodUnit unit) {
    return TrendQuery.of(
        scope, new Measure(EventSelector.named(name), new Aggregate.Events()), unit);
  }

  private static List<Long> cells(Retention retention, int cohort) {
    return retention.parts().all().cohorts().get(cohort).cells().stream()
        .map(Retention.Cell::users)
        .toList();
  }

  private static FunnelQuery funnel(String from, String to, Duration window, String... steps) {
    return FunnelQuery.ordered(
        scope(from, to, UTC), Stream.of(steps).map(EventSelector::named).toList(), window);
  }

  private static Scope scope(String from, String to, ZoneId zone) {
    return new Scope(range(from, to), zone, null);
  }

  private static TimeRange range(String from, String to) {
    return new TimeRange(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
  }
}
