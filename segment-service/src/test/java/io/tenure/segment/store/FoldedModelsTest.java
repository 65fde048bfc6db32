package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.PeriodUnit;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.attribution.Attribution;
import io.tenure.segment.domain.attribution.AttributionCell;
import io.tenure.segment.domain.attribution.AttributionQuery;
import io.tenure.segment.domain.attribution.AttributionQuery.Touch;
import io.tenure.segment.domain.attribution.AttributionRules;
import io.tenure.segment.domain.attribution.Attributions;
import io.tenure.segment.domain.interval.Interval;
import io.tenure.segment.domain.interval.IntervalCell;
import io.tenure.segment.domain.interval.IntervalQuery;
import io.tenure.segment.domain.interval.IntervalRules;
import io.tenure.segment.domain.interval.Intervals;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Relation;
import io.tenure.segment.domain.session.SessionCell;
import io.tenure.segment.domain.session.SessionModel;
import io.tenure.segment.domain.session.SessionQuery;
import io.tenure.segment.domain.session.Sessions;
import io.tenure.segment.domain.tally.Samples;
import io.tenure.segment.domain.tally.Spread;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Attribution, intervals and sessions from stored events to numbers, each worked out by hand. */
final class FoldedModelsTest {

  private static final Instant NOW = Instant.parse("2026-04-03T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Relation PRODUCT = relation("product", "bought");

  private static Bank bank;
  private static Attributions attributions;
  private static Intervals intervals;
  private static SessionModel sessions;

  @BeforeAll
  static void fill() {
    bank = Bank.open("folded");
    ClickHouseJourneys journeys = new ClickHouseJourneys(bank.scans(), bank.conditions());
    attributions = new Attributions(journeys);
    intervals = new Intervals(journeys);
    sessions = new SessionModel(journeys);
    // 1: three touches and one after the sale, which is stored twice. 2: an old touch only.
    // 3: touch and sale at one instant, no channel. 4: two sales after one touch.
    bank.event(1, "Touch", "2026-03-02T10:00:00Z", "channel", "ad", "product", "fund")
        .event(1, "Touch", "2026-03-03T10:00:00Z", "channel", "mail", "product", "bond")
        .event(1, "Touch", "2026-03-04T10:00:00Z", "channel", "direct", "product", "fund")
        .event(900, 1, "Sale", "2026-03-04T11:00:00Z", "amount", "100.10", "bought", "fund")
        .event(900, 1, "Sale", "2026-03-04T11:00:00Z", "amount", "100.10", "bought", "fund")
        .event(1, "Touch", "2026-03-04T12:00:00Z", "channel", "late", "product", "fund")
        .event(2, "Touch", "2026-01-01T10:00:00Z", "channel", "ad")
        .event(2, "Sale", "2026-03-05T10:00:00Z", "amount", "")
        .event(802, 3, "Touch", "2026-03-05T10:00:00Z", "product", "")
        .event(801, 3, "Sale", "2026-03-05T10:00:00Z", "amount", "7", "bought", "")
        .event(4, "Touch", "2026-03-06T10:00:00Z", "channel", "", "product", "gold")
        .event(4, "Sale", "2026-03-06T11:00:00Z", "amount", "1e2", "bought", "gold")
        .event(4, "Sale", "2026-03-06T12:00:00Z", "amount", "many", "bought", "gold")
        .store();
    // The night in which Berlin's clocks go forward, 1:00 UTC.
    bank.event(5, "Login", "2026-03-28T22:30:00Z", "app", "ios")
        .event(5, "View", "2026-03-28T22:50:00Z", "app", "web")
        .event(5, "Logout", "2026-03-28T23:10:00Z")
        .event(5, "View", "2026-03-28T23:11:00Z")
        .event(6, "Login", "2026-03-29T21:59:59.999Z", "app", "")
        .event(7, "Login", "2026-03-29T22:00:00Z")
        .event(7, "Login", "2026-03-29T22:00:10Z")
        .event(7, "Logout", "2026-03-29T22:00:30Z")
        .store();
    bank.clickHouse()
        .execute(
            """
            INSERT INTO events (project_id, name, event_time, receive_time, user_number, event_id, event_key, properties)
            SELECT 'bot', if(number % 2, 'Sale', 'Touch'), toDateTime64('2026-03-02 00:00:00', 3, 'UTC') + intDiv(number, 10),
              now(), 1, toString(number), number, map('channel', toString(number % 14), 'amount', '1') FROM numbers(50000)
            """,
            Map.of());
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void sharesConversionsByAllModelsSideBySide() {
    Attribution found = attribution(query(null, AttributionRules.USUAL, "channel"));
    assertThat(found.conversions()).isEqualTo(5);
    assertThat(found.users()).isEqualTo(4);
    assertThat(found.amount()).isEqualByComparingTo("207.1");
    assertThat(found.withoutAmount()).isEqualTo(2);
    assertThat(conversions(found))
        .containsExactlyInAnyOrder(
            "= 2 2 2 2 2 2",
            "none 1 1 1 1 1 1",
            "untouched 1 1 1 1 1 1",
            "=ad 1 0 0 0.333333333 0.4 0.300923549",
            "=mail 0 0 1 0.333333333 0.2 0.332246535",
            "=direct 0 1 0 0.333333334 0.4 0.366829916");
  }

  @Test
  void relatedTouchesOnlyAndNoneOfThemTwice() {
    Attribution related = attribution(query(PRODUCT, AttributionRules.USUAL, "channel"));
    assertThat(conversions(related))
        .extracting(row -> row.split(" ")[0] + " " + row.split(" ")[4])
        .containsExactlyInAnyOrder("= 2", "none 1", "untouched 1", "=ad 0.5", "=direct 0.5");
    AttributionRules single =
        new AttributionRules(Duration.ofDays(100), 40, 40, Duration.ofDays(7), true);
    Attribution once = attribution(query(null, single, ""));
    assertThat(conversions(once)).containsExactly("=Touched 4 4 4 4 4 4", "untouched 1 1 1 1 1 1");
  }

  @Test
  void listsTheUsersBehindEveryCredit() {
    for (AttributionQuery query :
        List.of(
            query(null, AttributionRules.USUAL, "channel"),
            query(PRODUCT, AttributionRules.USUAL, ""))) {
      Attribution found = attribution(query);
      for (Attribution.Row row : found.rows()) {
        for (Attribution.Credit credit : row.credits()) {
          assertThat(
                  attributions.users(
                      bank.project(),
                      query,
                      new AttributionCell(credit.model(), row.source()),
                      NOW))
              .hasSize((int) credit.users());
        }
      }
      assertThat(attributions.users(bank.project(), query, new AttributionCell(null, null), NOW))
          .containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void aBotDoesNotBlowUp() {
    AttributionQuery query = query(null, AttributionRules.USUAL, "channel");
    Attribution found = attributions.run(new ProjectId("bot"), query, NOW);
    assertThat(found.conversions()).isEqualTo(25_000);
    assertThat(found.amount()).isEqualByComparingTo("25000");
    assertThat(found.rows()).hasSize(7);
  }

  @Test
  void pairsStartsWithTheNextEnd() {
    Interval last = interval("Login", "Logout", new IntervalRules(false, days(1), false));
    assertThat(last.spread()).extracting(Spread::samples).isEqualTo(2L);
    assertThat(last.spread()).extracting(Spread::least).isEqualTo(Duration.ofSeconds(20));
    assertThat(last.spread()).extracting(Spread::most).isEqualTo(Duration.ofMinutes(40));
    assertThat(last.spread()).extracting(Spread::median).isEqualTo(Duration.ofSeconds(1210));
    Interval first = interval("Login", "Logout", new IntervalRules(true, days(1), false));
    assertThat(first.spread()).extracting(Spread::least).isEqualTo(Duration.ofSeconds(30));
    Interval consecutive = interval("Login", "Login", new IntervalRules(false, days(1), false));
    assertThat(consecutive.spread()).extracting(Spread::samples).isEqualTo(1L);
    assertThat(interval("Login", "Nothing", new IntervalRules(false, days(1), false)).spread())
        .isNull();
  }

  @Test
  void intervalsCountInThePeriodOfTheirStartAndNameTheirUsers() {
    IntervalQuery query =
        new IntervalQuery(
            scope("2026-03-28T00:00:00Z", "2026-03-30T22:00:00Z"),
            EventSelector.named("Login"),
            EventSelector.named("Logout"),
            new IntervalRules(false, days(5), false),
            null,
            PeriodUnit.DAY);
    Interval found = intervals.run(bank.project(), query, NOW);
    assertThat(found.periods())
        .extracting(period -> period.start() + " " + period.users() + period.incomplete())
        .containsExactly("2026-03-28 1false", "2026-03-29 0true", "2026-03-30 1true");
    for (Interval.Period period : found.periods()) {
      int number = (int) java.time.LocalDate.parse(period.start()).toEpochDay();
      assertThat(intervals.users(bank.project(), query, new IntervalCell.Period(number), NOW))
          .hasSize((int) period.users());
    }
    for (int bar = 0; bar < found.bars().size(); bar++) {
      Samples.Bar shown = found.bars().get(bar);
      assertThat(intervals.users(bank.project(), query, new IntervalCell.Bar(bar), NOW))
          .hasSize((int) shown.users());
    }
    assertThat(intervals.users(bank.project(), query, new IntervalCell.All(), NOW))
        .containsExactly(5, 7);
  }

  @Test
  void relatedIntervalsAndMeansOfUsers() {
    IntervalQuery related =
        new IntervalQuery(
            scope("2026-03-01T00:00:00Z", "2026-03-20T00:00:00Z"),
            EventSelector.named("Touch"),
            EventSelector.named("Sale"),
            new IntervalRules(true, days(30), false),
            PRODUCT,
            null);
    Spread spread = Objects.requireNonNull(intervals.run(bank.project(), related, NOW).spread());
    // An empty text is one like any other, so 3 pairs at one instant; 4 only the first sale.
    assertThat(spread.samples()).isEqualTo(3);
    assertThat(spread.least()).isZero();
    assertThat(spread.most()).isEqualTo(Duration.ofHours(49));
    Interval means = interval("View", "View", new IntervalRules(false, days(1), true));
    assertThat(means.users()).isEqualTo(1);
    assertThat(means.spread()).extracting(Spread::mean).isEqualTo(Duration.ofMinutes(21));
  }

  @Test
  void cutsSessionsAndCountsThemInLocalDays() {
    SessionQuery query = sessions(null, EventSelector.named("Logout"));
    Sessions found = sessions.run(bank.project(), query, NOW);
    assertThat(found.periods())
        .extracting(
            period ->
                "%s %d/%d bounced %d"
                    .formatted(
                        period.start(),
                        period.figures().count().sessions(),
                        period.figures().count().users(),
                        period.figures().bounces().sessions()))
        .containsExactly(
            "2026-03-28 1/1 bounced 0", "2026-03-29 2/2 bounced 2", "2026-03-30 1/1 bounced 0");
    assertThat(found.total().count()).isEqualTo(new Sessions.Count(4, 3));
    assertThat(found.total().meanDepth()).isEqualTo(2);
    assertThat(found.total().medianDepth()).isEqualTo(2);
    assertThat(found.total().duration()).extracting(Spread::most).isEqualTo(Duration.ofMinutes(40));
    assertThat(found.values())
        .extracting(value -> value.label().text() + " " + value.figures().count().sessions())
        .containsExactly("null 2", " 1", "ios 1");
    assertThat(found.events())
        .extracting(
            event ->
                "%s %d in %d out %d"
                    .formatted(
                        event.name().text(),
                        event.parts().sessions(),
                        event.entries().sessions(),
                        event.exits().sessions()))
        .containsExactly("Login 3 in 3 out 1", "Logout 2 in 0 out 2", "View 2 in 1 out 1");
    requireUsers(query, found);
  }

  @Test
  void startEventsBeginSessions() {
    Sessions found =
        sessions.run(bank.project(), sessions(EventSelector.named("Login"), null), NOW);
    assertThat(found.total().count()).isEqualTo(new Sessions.Count(4, 3));
    assertThat(found.total().bounces()).isEqualTo(new Sessions.Count(2, 2));
  }

  private static void requireUsers(SessionQuery query, Sessions found) {
    requireUsers(query, new SessionCell.All(false), found.total().count());
    requireUsers(query, new SessionCell.All(true), found.total().bounces());
    for (Sessions.Period period : found.periods()) {
      int number = (int) java.time.LocalDate.parse(period.start()).toEpochDay();
      requireUsers(query, new SessionCell.Period(number, false), period.figures().count());
      requireUsers(query, new SessionCell.Period(number, true), period.figures().bounces());
    }
    for (Sessions.Value value : found.values()) {
      requireUsers(query, new SessionCell.Value(value.label(), false), value.figures().count());
    }
    for (Sessions.Event event : found.events()) {
      requireUsers(
          query, new SessionCell.Event(event.name(), SessionCell.Role.EXIT), event.exits());
      requireUsers(
          query, new SessionCell.Event(event.name(), SessionCell.Role.ENTRY), event.entries());
    }
    for (int index = 0; index < Sessions.DEPTHS.size(); index++) {
      requireUsers(query, new SessionCell.Depth(index), found.depths().get(index));
    }
    for (int index = 0; index < Sessions.DURATIONS.size(); index++) {
      requireUsers(query, new SessionCell.Length(index), found.durations().get(index));
    }
  }

  private static void requireUsers(SessionQuery query, SessionCell cell, Sessions.Count count) {
    assertThat(sessions.users(bank.project(), query, cell, NOW)).hasSize((int) count.users());
  }

  private static Attribution attribution(AttributionQuery query) {
    return attributions.run(bank.project(), query, NOW);
  }

  private static List<String> conversions(Attribution found) {
    return found.rows().stream()
        .map(
            row ->
                Stream.concat(
                        Stream.of(
                            row.source() == null
                                ? "untouched"
                                : row.source().text() == null ? "none" : "=" + row.source().text()),
                        row.credits().stream()
                            .map(
                                credit ->
                                    credit.conversions().stripTrailingZeros().toPlainString()))
                    .reduce((left, right) -> left + " " + right)
                    .orElseThrow())
        .toList();
  }

  private static AttributionQuery query(
      @Nullable Relation relation, AttributionRules rules, String property) {
    return new AttributionQuery(
        scope("2026-03-01T00:00:00Z", "2026-03-20T00:00:00Z"),
        List.of(EventSelector.named("Sale")),
        new Column.Property("amount"),
        List.of(new Touch("Touched", EventSelector.named("Touch"))),
        property.isEmpty() ? null : new Column.Property(property),
        Set.of("direct"),
        relation,
        rules);
  }

  private static Interval interval(String start, String end, IntervalRules rules) {
    return intervals.run(
        bank.project(),
        new IntervalQuery(
            scope("2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"),
            EventSelector.named(start),
            EventSelector.named(end),
            rules,
            null,
            null),
        NOW);
  }

  private static SessionQuery sessions(
      @Nullable EventSelector start, @Nullable EventSelector stop) {
    return new SessionQuery(
        scope("2026-03-28T00:00:00Z", "2026-03-30T22:00:00Z"),
        List.of(),
        SessionRule.USUAL,
        start,
        stop,
        PeriodUnit.DAY,
        new Column.Property("app"));
  }

  private static Scope scope(String start, String end) {
    return new Scope(new TimeRange(Instant.parse(start), Instant.parse(end)), BERLIN, null);
  }

  private static Relation relation(String first, String second) {
    return new Relation(new Column.Property(first), new Column.Property(second));
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
