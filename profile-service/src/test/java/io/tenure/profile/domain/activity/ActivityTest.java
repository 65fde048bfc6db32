package io.tenure.profile.domain.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.profile.domain.activity.NumberHistory.Point;
import io.tenure.profile.domain.activity.Sessions.Session;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Activity against a list of all events, looked at from the end. */
final class ActivityTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Duration GAP = Duration.ofMinutes(30);
  private static final ActivityRules RULES = new ActivityRules(ZONE, 4, 5, 3, GAP, 2, 3);

  /** More than any test needs. */
  private static final ActivityRules WIDE = new ActivityRules(ZONE, 500, 400, 100, GAP, 100, 400);

  /** Monday noon in Shanghai. */
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  private static final Generator<List<Long>> MINUTES =
      Generator.lists(Generator.longs(-6_000, 6_000), 60);

  @Test
  void countsByDayAreThoseOfTheEvents() {
    Property.forAll(
        MINUTES,
        minutes -> {
          Activity activity = seen(WIDE, minutes);
          if (minutes.isEmpty()) {
            assertThat(activity).isEqualTo(Activity.NONE);
            return;
          }
          List<Instant> times = minutes.stream().map(ActivityTest::time).sorted().toList();
          Map<LocalDate, Long> days = new TreeMap<>();
          times.forEach(time -> days.merge(time.atZone(ZONE).toLocalDate(), 1L, Long::sum));
          EventTally tally = visits(activity);
          assertThat(tally.count()).isEqualTo(times.size());
          assertThat(tally.firstTime()).isEqualTo(times.getFirst());
          assertThat(tally.lastTime()).isEqualTo(times.getLast());
          assertThat(tally.days()).isEqualTo(days);
        });
  }

  @Test
  void onlyTheLatestDaysAreKeptByAnyOrderOfEvents() {
    Property.forAll(
        MINUTES,
        minutes -> {
          if (minutes.isEmpty()) {
            return;
          }
          EventTally kept = visits(seen(RULES, minutes));
          EventTally all = visits(seen(WIDE, minutes));
          assertThat(kept.count()).isEqualTo(all.count());
          assertThat(kept.days().keySet())
              .allSatisfy(day -> assertThat(day).isAfter(all.latestDay().minusDays(5)));
          // A day that was out of reach when its event came is reached again only by later days.
          assertThat(kept.days().lastKey()).isEqualTo(all.days().lastKey());
          List<Long> ascending = minutes.stream().sorted().toList();
          assertThat(visits(seen(RULES, ascending)).days())
              .isEqualTo(all.days().tailMap(all.latestDay().minusDays(4)));
        });
  }

  @Test
  void sessionsAreThoseOfTheSortedEvents() {
    Property.forAll(
        MINUTES,
        minutes ->
            assertThat(seen(WIDE, minutes).lastSessions().sessions()).isEqualTo(sessions(minutes)));
  }

  @Test
  void theLatestSessionsStay() {
    Property.forAll(
        MINUTES,
        minutes -> {
          List<Long> ascending = minutes.stream().sorted().toList();
          List<Session> all = sessions(minutes);
          assertThat(seen(RULES, ascending).lastSessions().sessions())
              .isEqualTo(all.subList(0, Math.min(3, all.size())));
        });
  }

  @Test
  void anEventOnTheGapBelongsToTheSession() {
    assertThat(seen(WIDE, List.of(0L, 30L)).lastSessions().sessions())
        .containsExactly(new Session(time(0), time(30), 2));
    assertThat(seen(WIDE, List.of(0L, 31L)).lastSessions().sessions()).hasSize(2);
  }

  @Test
  void aDayIsOneOfTheZone() {
    ActivityDraft draft = new ActivityDraft(Activity.NONE, RULES);
    draft.see("Visit", Instant.parse("2026-03-02T15:59:59.999Z"));
    draft.see("Visit", Instant.parse("2026-03-02T16:00:00Z"));
    EventTally tally = visits(draft.finish());
    assertThat(tally.days())
        .isEqualTo(Map.of(LocalDate.of(2026, 3, 2), 1L, LocalDate.of(2026, 3, 3), 1L));
    assertThat(tally.countBetween(LocalDate.of(2026, 3, 3), LocalDate.of(2026, 3, 9))).isOne();
    assertThat(tally.countBetween(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 9))).isEqualTo(2);
  }

  @Test
  void theEventUnseenForTheLongestTimeMakesRoom() {
    ActivityDraft draft = new ActivityDraft(Activity.NONE, RULES);
    for (int i = 0; i < 5; i++) {
      draft.see("event-" + i, time(i == 2 ? -1 : i));
    }
    assertThat(draft.finish().events().keySet())
        .containsExactlyInAnyOrder("event-0", "event-1", "event-3", "event-4");
  }

  @Test
  void keepsTheLastNumberOfEachDay() {
    ActivityDraft draft = new ActivityDraft(Activity.NONE, RULES);
    number(draft, 0, "10");
    number(draft, 1, "12.50");
    number(draft, 1440, "7");
    number(draft, 600, "8");
    NumberHistory history = balances(draft.finish());
    LocalDate monday = LocalDate.of(2026, 3, 2);
    assertThat(history.points())
        .containsExactly(
            new Point(monday.plusDays(1), new BigDecimal("8")),
            new Point(monday, new BigDecimal("12.50")));
    assertThat(history.at(monday)).contains(new BigDecimal("12.50"));
    assertThat(history.at(monday.plusDays(30))).contains(new BigDecimal("8"));
    assertThat(history.at(monday.minusDays(1))).isEmpty();
  }

  @Test
  void numbersAreBoundedInEveryDirection() {
    ActivityDraft draft = new ActivityDraft(Activity.NONE, RULES);
    for (int day = 0; day < 9; day++) {
      number(draft, 1440L * day, Integer.toString(day));
    }
    draft.number("limit", BigDecimal.ONE, time(0));
    draft.number("score", BigDecimal.TEN, time(1440));
    assertThat(draft.finish().numbers().keySet()).containsExactlyInAnyOrder("balance", "score");
    assertThat(balances(draft.finish()).points())
        .extracting(Point::number)
        .containsExactly(new BigDecimal("8"), new BigDecimal("7"), new BigDecimal("6"));
    draft.number("score", new BigDecimal("1" + "0".repeat(40)), time(1440));
    assertThat(draft.finish().numbers()).containsOnlyKeys("balance");
  }

  private static void number(ActivityDraft draft, long minute, String number) {
    draft.number("balance", new BigDecimal(number), time(minute));
  }

  /** Each event goes through the texts once more, as between two batches. */
  private static Activity seen(ActivityRules rules, List<Long> minutes) {
    Activity activity = Activity.NONE;
    for (long minute : minutes) {
      ActivityDraft draft = new ActivityDraft(activity, rules);
      draft.see("Visit", time(minute));
      activity = draft.finish();
    }
    return activity;
  }

  private static EventTally visits(Activity activity) {
    return Objects.requireNonNull(activity.tallies().get("Visit"));
  }

  private static NumberHistory balances(Activity activity) {
    return Objects.requireNonNull(activity.numberHistories().get("balance"));
  }

  private static List<Session> sessions(List<Long> minutes) {
    List<Session> sessions = new ArrayList<>();
    for (long minute : minutes.stream().sorted().toList()) {
      Instant time = time(minute);
      if (sessions.isEmpty()
          || Duration.between(sessions.getFirst().endTime(), time).compareTo(GAP) > 0) {
        sessions.addFirst(new Session(time, time, 1));
      } else {
        Session open = sessions.removeFirst();
        sessions.addFirst(new Session(open.startTime(), time, open.eventCount() + 1));
      }
    }
    return sessions;
  }

  private static Instant time(long minute) {
    return NOON.plusSeconds(60 * minute);
  }
}
