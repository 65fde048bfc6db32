package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Population;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionFilter;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.lifecycle.Lifecycle;
import io.tenure.segment.domain.lifecycle.LifecyclePart;
import io.tenure.segment.domain.lifecycle.LifecycleQuery;
import io.tenure.segment.domain.lifecycle.Lifecycles;
import io.tenure.segment.domain.lifecycle.Newcomer;
import io.tenure.segment.domain.trend.Aggregate;
import io.tenure.segment.domain.trend.Measure;
import io.tenure.segment.domain.trend.Part;
import io.tenure.segment.domain.trend.TrendCell;
import io.tenure.segment.domain.trend.TrendQuery;
import io.tenure.segment.domain.trend.Trends;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each limit of a session at its edge, counted by the users of one event. */
final class SessionFilterTest {

  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final EventSelector PAY = EventSelector.named("Pay");

  private static Bank bank;
  private static Trends trends;
  private static Lifecycles lifecycles;

  @BeforeAll
  static void fill() {
    bank = Bank.open("session_filter");
    trends = new Trends(new ClickHouseTrendCounts(bank.scans(), bank.conditions()));
    lifecycles = new Lifecycles(new ClickHouseLifespans(bank.scans(), bank.conditions()));
    // 1: Open, Pay ten minutes long, and Pay alone an hour later. 2: Pay first, stored twice.
    // 3: the session begins before the range. 4: half an hour between events is one session, a
    // millisecond more is another.
    bank.event(1, "Open", "2026-03-02T10:00:00Z")
        .event(1, "Pay", "2026-03-02T10:10:00Z")
        .event(1, "Pay", "2026-03-02T11:10:00Z")
        .event(800, 2, "Pay", "2026-03-02T10:00:00Z")
        .event(800, 2, "Pay", "2026-03-02T10:00:00Z")
        .event(3, "Open", "2026-03-01T23:50:00Z")
        .event(3, "Pay", "2026-03-02T00:10:00Z")
        .event(4, "Open", "2026-03-02T10:00:00Z")
        .event(4, "Pay", "2026-03-02T10:30:00Z")
        .event(4, "Pay", "2026-03-02T11:00:00.001Z")
        .profile(1, "tier", "\"gold\"")
        .profiles(2, 3, 4)
        .store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void takesEverythingWithoutLimits() {
    assertThat(payers(filter(null, null, null, 1, 99, 0, 86_400))).containsExactly(1, 2, 3, 4);
    assertThat(payments(filter(null, null, null, 1, 99, 0, 86_400))).isEqualTo(6);
  }

  @Test
  void takesSessionsByWhatIsInThem() {
    EventSelector open = EventSelector.named("Open");
    assertThat(payers(filter(open, null, null, 1, 99, 0, 86_400))).containsExactly(1, 3, 4);
    assertThat(payments(filter(open, null, null, 1, 99, 0, 86_400))).isEqualTo(3);
    assertThat(payments(filter(null, open, null, 1, 99, 0, 86_400))).isEqualTo(3);
    assertThat(payers(filter(null, null, open, 1, 99, 0, 86_400))).containsExactly(1, 2, 4);
    assertThat(payers(filter(PAY, null, open, 1, 99, 0, 86_400))).containsExactly(1, 2, 4);
    // That of 3 has a payment, but does not begin with it.
    assertThat(payers(filter(PAY, null, null, 1, 99, 0, 86_400))).containsExactly(1, 2, 4);
  }

  @Test
  void countsAStoredDuplicateOnce() {
    assertThat(payers(filter(null, null, null, 2, 2, 0, 86_400))).containsExactly(1, 3, 4);
    assertThat(payers(filter(null, null, null, 1, 1, 0, 86_400))).containsExactly(1, 2, 4);
  }

  @Test
  void includesBothEndsOfADuration() {
    assertThat(payers(filter(null, null, null, 1, 99, 600, 600))).containsExactly(1);
    assertThat(payers(filter(null, null, null, 1, 99, 601, 1800))).containsExactly(3, 4);
    assertThat(payers(filter(null, null, null, 1, 99, 1801, 86_400))).isEmpty();
  }

  @Test
  void restrictsUsersToo() {
    SessionFilter all = filter(null, null, null, 1, 99, 0, 86_400);
    Scope half = new Scope(range(), UTC, null, Population.ALL / 2, null, all, null);
    Scope same = new Scope(range(), UTC, null, Population.ALL / 2, null, null, null);
    assertThat(payers(half)).isEqualTo(payers(same)).isNotEmpty();
  }

  @Test
  void looksForTheFirstEventEverInSuchSessionsOnly() {
    bank.event(1, "Pay", "2026-02-20T10:00:00Z").store();
    SessionFilter two = filter(null, null, null, 2, 99, 0, 86_400);
    assertThat(day(lifecycle(two))).isEqualTo("3 0 0");
    assertThat(day(lifecycle(null))).isEqualTo("3 0 1");
  }

  @Test
  void refusesLimitsNoSessionFulfils() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filter(null, null, null, 3, 2, 0, 86_400))
        .withMessageContaining("least number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filter(null, null, null, 1, 99, 60, 59))
        .withMessageContaining("shortest duration");
  }

  private static String day(Lifecycle lifecycle) {
    Lifecycle.Period period = lifecycle.periods().getFirst();
    return "%d %d %d"
        .formatted(
            period.users(LifecyclePart.NEW),
            period.users(LifecyclePart.RETURNING),
            period.users(LifecyclePart.RESURRECTING));
  }

  private static Lifecycle lifecycle(@Nullable SessionFilter filter) {
    return lifecycles.run(
        bank.project(),
        new LifecycleQuery(scope(filter), PAY, PeriodUnit.DAY, Newcomer.FIRST_MATCHING),
        NOW);
  }

  private static long payments(SessionFilter filter) {
    return Objects.requireNonNull(
            trends
                .run(bank.project(), query(scope(filter), new Aggregate.Events()), NOW)
                .series()
                .getFirst()
                .total()
                .value())
        .longValueExact();
  }

  private static long[] payers(SessionFilter filter) {
    return payers(scope(filter));
  }

  private static long[] payers(Scope scope) {
    return trends.users(
        bank.project(),
        query(scope, new Aggregate.Users(1)),
        new TrendCell(0, new Part.All(), Optional.empty(), false),
        NOW);
  }

  private static TrendQuery query(Scope scope, Aggregate aggregate) {
    return TrendQuery.of(scope, new Measure(PAY, aggregate), PeriodUnit.DAY);
  }

  private static SessionFilter filter(
      @Nullable EventSelector entry,
      @Nullable EventSelector with,
      @Nullable EventSelector without,
      int least,
      int most,
      long shortest,
      long longest) {
    return new SessionFilter(
        SessionRule.USUAL,
        entry,
        with,
        without,
        least,
        most,
        Duration.ofSeconds(shortest),
        Duration.ofSeconds(longest));
  }

  private static TimeRange range() {
    return new TimeRange(
        Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-03T00:00:00Z"));
  }

  private static Scope scope(@Nullable SessionFilter filter) {
    return new Scope(range(), UTC, null, Population.ALL, null, filter, null);
  }
}
