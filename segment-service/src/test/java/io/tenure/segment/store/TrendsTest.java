package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.ClosedDays;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Population;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.trend.Aggregate;
import io.tenure.segment.domain.trend.Formula;
import io.tenure.segment.domain.trend.Measure;
import io.tenure.segment.domain.trend.Part;
import io.tenure.segment.domain.trend.Trend;
import io.tenure.segment.domain.trend.TrendBreakdown;
import io.tenure.segment.domain.trend.TrendCell;
import io.tenure.segment.domain.trend.TrendQuery;
import io.tenure.segment.domain.trend.Trends;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of a trend on the real engine, worked out by hand. */
final class TrendsTest {

  private static final Instant NOW = Instant.parse("2026-03-06T12:00:00Z");
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private static Bank bank;
  private static Trends trends;

  @BeforeAll
  static void fill() {
    bank = Bank.open("trends");
    trends = new Trends(new ClickHouseTrendCounts(bank.scans(), bank.conditions()));
    // Three days of payments in Shanghai; user 1 pays twice on the first, one payment is stored
    // twice.
    bank.event(1, "Pay", "2026-03-01T16:00:00Z", "amount", "10.10", "channel", "app")
        .event(1, "Pay", "2026-03-01T17:00:00Z", "amount", "0.20", "channel", "web")
        .event(700, 2, "Pay", "2026-03-01T18:00:00Z", "amount", "5", "channel", "app")
        .event(700, 2, "Pay", "2026-03-01T18:00:00Z", "amount", "5", "channel", "app")
        .event(3, "Pay", "2026-03-02T16:30:00Z", "amount", "-4.3", "channel", "")
        .event(1, "Pay", "2026-03-03T20:00:00Z", "amount", "none", "channel", "desk")
        .event(4, "Pay", "2026-03-03T21:00:00Z")
        .event(9, "Pay", "2026-02-27T16:00:00Z", "amount", "1", "channel", "app")
        .event(1, "Login", "2026-03-01T16:00:00Z")
        .event(5, "Login", "2026-03-02T16:00:00Z")
        .profile(1, "tier", "\"gold\"")
        .profile(2, "tier", "\"gold\"")
        .profile(3, "tier", "\"\"")
        .profiles(4)
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  static Stream<List<Object>> aggregates() {
    return Stream.of(
        List.of(new Aggregate.Events(), "3 1 2 = 6"),
        List.of(new Aggregate.Users(1), "2 1 2 = 4"),
        List.of(new Aggregate.Sum("amount"), "15.3 -4.3 0 = 11"),
        List.of(new Aggregate.Average("amount"), "5.1 -4.3 - = 2.75"),
        List.of(new Aggregate.Minimum("amount"), "0.2 -4.3 - = -4.3"),
        List.of(new Aggregate.Maximum("amount"), "10.1 -4.3 - = 10.1"),
        List.of(new Aggregate.Percentile("amount", 50), "5 -4.3 - = 2.6"),
        List.of(new Aggregate.PerUser(null), "1.5 1 1 = 1.5"),
        List.of(new Aggregate.PerUser("amount"), "7.65 -4.3 0 = 2.75"),
        List.of(new Aggregate.DistinctValues("channel"), "2 1 1 = 4"));
  }

  @ParameterizedTest
  @MethodSource("aggregates")
  void countsByLocalDaysAndDuplicatesOnce(List<Object> expected) {
    Trend.Series series = run(query((Aggregate) expected.getFirst())).getFirst();
    assertThat(numbers(series)).isEqualTo(expected.getLast());
    assertThat(series.points()).extracting(Trend.Point::start).startsWith("2026-03-02");
  }

  @Test
  void everyNumberOpensItsUsers() {
    TrendQuery query = with(query(new Aggregate.Sum("amount")), byChannel(2), 1, 3);
    List<Trend.Series> lines = run(query);
    assertThat(lines).hasSize(8);
    for (Trend.Series line : lines) {
      for (int index = 0; index < line.points().size(); index++) {
        Optional<Integer> period =
            Optional.of(PeriodUnit.DAY.indexOf(start(line, index), SHANGHAI));
        assertThat(users(query, line, period))
            .hasSize((int) line.points().get(index).number().users());
      }
      assertThat(users(query, line, Optional.empty())).hasSize((int) line.total().users());
    }
  }

  @Test
  void aBreakdownKeepsMissingEmptyAndOtherApart() {
    List<Trend.Series> lines = run(with(query(new Aggregate.Events()), byChannel(3), 0, 0));
    assertThat(lines.stream().map(line -> name(line) + ": " + numbers(line)))
        .containsExactly(
            "all: 3 1 2 = 6",
            "app: 2 0 0 = 2",
            "null: 0 0 1 = 1",
            ": 0 1 0 = 1",
            "other: 1 0 1 = 2");
  }

  @Test
  void aTraitTellsUsersApart() {
    TrendBreakdown byTier = new TrendBreakdown(new Column.Trait("tier"), 10);
    List<Trend.Series> lines = run(with(query(new Aggregate.Users(1)), byTier, 0, 0));
    assertThat(lines.stream().map(line -> name(line) + ": " + numbers(line)))
        .containsExactly(
            "all: 2 1 2 = 4",
            "gold: 2 0 1 = 2",
            "null: 0 0 1 = 1",
            ": 0 1 0 = 1",
            "other: 0 0 0 = 0");
  }

  @Test
  void rollingUsersLookBackBeforeTheRangeAndAcrossPeriodsWithoutEvents() {
    assertThat(numbers(run(query(new Aggregate.Users(3))).getFirst())).isEqualTo("3 3 4 = 4");
    Scope later = new Scope(range("2026-03-04T16:00:00Z", "2026-03-06T16:00:00Z"), SHANGHAI, null);
    TrendQuery quiet = TrendQuery.of(later, measure(new Aggregate.Users(2)), PeriodUnit.DAY);
    assertThat(numbers(run(quiet).getFirst())).isEqualTo("2 0 = 0");
    assertThat(users(quiet, run(quiet).getFirst(), Optional.of(day("2026-03-05")))).hasSize(2);
  }

  @Test
  void rollingUsersComeApartByValue() {
    List<Trend.Series> lines = run(with(query(new Aggregate.Users(2)), byChannel(1), 0, 0));
    assertThat(lines.stream().map(line -> name(line) + ": " + numbers(line)))
        .containsExactly("all: 2 3 3 = 4", "app: 2 2 0 = 2", "other: 1 2 3 = 3");
  }

  @Test
  void cumulativeNumbersGrow() {
    assertThat(numbers(run(cumulative(new Aggregate.Events())).getFirst())).isEqualTo("3 4 6 = 6");
    assertThat(numbers(run(cumulative(new Aggregate.Sum("amount"))).getFirst()))
        .isEqualTo("15.3 11 11 = 11");
    assertThat(numbers(run(cumulative(new Aggregate.Users(1))).getFirst())).isEqualTo("2 3 4 = 4");
  }

  @Test
  void formulasCombineMeasuresAndHaveNoValueWhereTheyDivideByZero() {
    TrendQuery query =
        new TrendQuery(
            scope(),
            List.of(
                measure(new Aggregate.Events()),
                new Measure(EventSelector.named("Login"), new Aggregate.Users(1))),
            List.of(Formula.parse("A / B")),
            PeriodUnit.DAY,
            null,
            0,
            false,
            0);
    assertThat(run(query).stream().map(TrendsTest::numbers))
        .containsExactly("3 1 2 = 6", "1 1 0 = 2", "3 1 - = 3");
  }

  @Test
  void theRangeBesideLiesThatManyPeriodsEarlier() {
    List<Trend.Series> lines = run(with(query(new Aggregate.Events()), null, 2, 2));
    assertThat(numbers(lines.getFirst())).isEqualTo("3 1 2 = 6");
    assertThat(numbers(lines.getLast())).isEqualTo("1 0 3 = 4");
    assertThat(lines.getLast().points())
        .extracting(Trend.Point::start)
        .containsExactly("2026-02-28", "2026-03-01", "2026-03-02");
    assertThat(
            lines.getFirst().points().stream()
                .map(Trend.Point::movingAverage)
                .map(TrendsTest::text))
        .containsExactly("-", "2", "1.5");
  }

  @Test
  void hoursAndOpenDaysArePeriodsToo() {
    Scope monday = new Scope(range("2026-03-01T16:00:00Z", "2026-03-01T19:00:00Z"), SHANGHAI, null);
    TrendQuery hours = TrendQuery.of(monday, measure(new Aggregate.Events()), PeriodUnit.HOUR);
    assertThat(numbers(run(hours).getFirst())).isEqualTo("1 1 1 = 3");
    assertThat(run(hours).getFirst().points().getLast().start()).isEqualTo("2026-03-02T02:00");

    // Someone paid on the Saturday before.
    assertThat(numbers(openDays(ClosedDays.NEXT_OPEN_DAY, new Aggregate.Events())))
        .isEqualTo("0 4 1 2 = 7");
    assertThat(numbers(openDays(ClosedDays.LEFT_OUT, new Aggregate.Events())))
        .isEqualTo("0 3 1 2 = 6");
    assertThat(numbers(openDays(ClosedDays.LEFT_OUT, new Aggregate.Users(2))))
        .isEqualTo("0 2 3 3 = 4");
  }

  @Test
  void theRangeBesideSkipsClosedDays() {
    TrendQuery query =
        new TrendQuery(
            scope(),
            List.of(measure(new Aggregate.Events())),
            List.of(),
            Bank.exchange(ClosedDays.NEXT_OPEN_DAY),
            null,
            1,
            false,
            0);
    Trend.Series beside = run(query).getLast();
    assertThat(numbers(beside)).isEqualTo("0 4 1 = 5");
    assertThat(beside.points())
        .extracting(Trend.Point::start)
        .containsExactly("2026-02-27", "2026-03-02", "2026-03-03");
    int monday = query.unit().ofLabel("2026-03-02");
    assertThat(users(query, beside, Optional.of(monday))).containsExactly(1, 2, 9);
  }

  @Test
  void aRangeBesideThatTheCalendarDoesNotCoverIsRefused() {
    Scope january =
        new Scope(range("2024-01-01T16:00:00Z", "2024-01-05T16:00:00Z"), SHANGHAI, null);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TrendQuery(
                    january,
                    List.of(measure(new Aggregate.Events())),
                    List.of(),
                    Bank.exchange(ClosedDays.LEFT_OUT),
                    null,
                    30,
                    false,
                    0));
  }

  private static Trend.Series openDays(ClosedDays closed, Aggregate aggregate) {
    Scope scope = new Scope(range("2026-02-26T16:00:00Z", "2026-03-04T16:00:00Z"), SHANGHAI, null);
    return run(TrendQuery.of(scope, measure(aggregate), Bank.exchange(closed))).getFirst();
  }

  @Test
  void aSampleHasTheSameUsersEachTime() {
    Scope half = new Scope(scope().range(), SHANGHAI, null, 500);
    TrendQuery query = TrendQuery.of(half, measure(new Aggregate.Users(1)), PeriodUnit.DAY);
    Trend.Series series = run(query).getFirst();
    assertThat(series.total().users()).isBetween(1L, 3L);
    assertThat(users(query, series, Optional.empty())).hasSize((int) series.total().users());
    assertThat(new Scope(scope().range(), SHANGHAI, null).samplePerMille())
        .isEqualTo(Population.ALL);
  }

  private static List<Trend.Series> run(TrendQuery query) {
    return trends.run(bank.project(), query, NOW).series();
  }

  private static long[] users(TrendQuery query, Trend.Series line, Optional<Integer> period) {
    return trends.users(
        bank.project(),
        query,
        new TrendCell(line.measure(), line.part(), period, line.compared()),
        NOW);
  }

  private static Instant start(Trend.Series line, int index) {
    return LocalDate.parse(line.points().get(index).start()).atStartOfDay(SHANGHAI).toInstant();
  }

  private static int day(String date) {
    return Math.toIntExact(LocalDate.parse(date).toEpochDay());
  }

  private static String name(Trend.Series line) {
    return switch (line.part()) {
      case Part.All _ -> "all";
      case Part.Value(@Nullable String value) -> String.valueOf(value);
      case Part.Other _ -> "other";
    };
  }

  private static String numbers(Trend.Series line) {
    List<String> texts = new ArrayList<>();
    line.points().forEach(point -> texts.add(text(point.number().value())));
    return String.join(" ", texts) + " = " + text(line.total().value());
  }

  private static String text(@Nullable BigDecimal value) {
    return value == null ? "-" : value.stripTrailingZeros().toPlainString();
  }

  private static TrendBreakdown byChannel(int limit) {
    return new TrendBreakdown(new Column.Property("channel"), limit);
  }

  private static TrendQuery query(Aggregate aggregate) {
    return TrendQuery.of(scope(), measure(aggregate), PeriodUnit.DAY);
  }

  private static TrendQuery with(
      TrendQuery query, @Nullable TrendBreakdown breakdown, int earlier, int average) {
    return new TrendQuery(
        query.scope(),
        query.measures(),
        List.of(),
        query.unit(),
        breakdown,
        earlier,
        false,
        average);
  }

  private static TrendQuery cumulative(Aggregate aggregate) {
    return new TrendQuery(
        scope(), List.of(measure(aggregate)), List.of(), PeriodUnit.DAY, null, 0, true, 0);
  }

  private static Measure measure(Aggregate aggregate) {
    return new Measure(EventSelector.named("Pay"), aggregate);
  }

  private static Scope scope() {
    return new Scope(range("2026-03-01T16:00:00Z", "2026-03-04T16:00:00Z"), SHANGHAI, null);
  }

  private static TimeRange range(String start, String end) {
    return new TimeRange(Instant.parse(start), Instant.parse(end));
  }
}
