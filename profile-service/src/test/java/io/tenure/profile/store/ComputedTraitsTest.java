package io.tenure.profile.store;

import static io.tenure.profile.store.ComputedStores.NOW;
import static io.tenure.profile.store.ComputedStores.editor;
import static io.tenure.profile.store.ComputedStores.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.Value;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.computed.Calculation;
import io.tenure.profile.domain.computed.Computation;
import io.tenure.profile.domain.computed.Computation.State;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.ComputedTraits;
import io.tenure.profile.domain.computed.Outcome;
import io.tenure.profile.domain.habit.Finding.Lack;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ComputedTraitsTest {

  private static ComputedStores stores;

  private final ProjectId project = ProfileStores.project();

  @BeforeAll
  static void open() {
    stores = new ComputedStores();
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @BeforeEach
  void clock() {
    stores.at(NOW);
  }

  @Test
  void everyPlainCalculationReachesTheProfile() {
    stores.users(project, 2);
    stores
        .event(project, 1, "Buy", day(30), "amount", "10.10", "fund", "bond", "shop", "0012")
        .event(project, 1, "Buy", day(20), "amount", "0.20", "fund", "gold", "vip", "true")
        .event(project, 1, "Buy", day(5), "amount", "many", "fund", "bond")
        .event(project, 2, "Sell", day(3), "amount", "7");
    stores.insert();
    create("buys", "Buy", Calculation.COUNT, "");
    create("spent", "Buy", Calculation.SUM, "amount");
    create("first_shop", "Buy", Calculation.FIRST, "shop");
    create("last_fund", "Buy", Calculation.LAST, "vip");
    create("usual_fund", "Buy", Calculation.MOST_FREQUENT, "fund");
    create("days_quiet", "Buy", Calculation.DAYS_SINCE, "");
    create("buy_trend", "Buy", Calculation.TREND, "");
    Computation last = stores.finish(project, 100);

    assertThat(last.state()).isEqualTo(State.DONE);
    assertThat(last.examined()).isEqualTo(2);
    assertThat(stores.computed(project, "u1"))
        .isEqualTo(
            Map.of(
                "buys", value("3"),
                "spent", value("10.3"),
                "first_shop", value("\"0012\""),
                "last_fund", value("true"),
                "usual_fund", value("\"bond\""),
                "days_quiet", value("5"),
                "buy_trend", value("0.3333")));
    assertThat(stores.computed(project, "u2")).isEmpty();
    assertThat(stores.profile(project, "u1").eventCount()).isEqualTo(1);
  }

  @Test
  void habitsReachTheProfileAndSayWhyTheyAreUnknown() {
    stores.users(project, 2);
    for (int month = 0; month < 8; month++) {
      Instant noon =
          LocalDate.of(2025, 11, 25).plusMonths(month).atTime(4, 0).toInstant(ZoneOffset.UTC);
      stores.event(project, 1, "Salary", noon, "amount", "9000.50");
    }
    stores.insert();
    ComputedTrait payday = trait("payday", "Salary", Calculation.PAYDAY, "amount");
    stores.traits().create(editor(project), payday);
    stores.finish(project, 100);

    Map<String, TraitValue> traits = stores.computed(project, "u1");
    assertThat(traits).containsEntry("payday", value("25"));
    assertThat(traits).containsEntry("payday_amount", value("9000.5"));
    assertThat(traits).containsKeys("payday_next", "payday_confidence", "payday_shift");
    Outcome unknown = stores.traits().evaluate(project, payday, 2, NOW);
    assertThat(unknown).isEqualTo(new Outcome(Map.of(), Lack.TOO_LITTLE));
    assertThat(stores.traits().evaluate(project, payday, 1, NOW).traits()).isEqualTo(traits);
  }

  @Test
  void agreesWithARecountOfRandomEvents() {
    SplittableRandom random = new SplittableRandom(42);
    int users = 40;
    stores.users(project, users);
    Map<Long, Integer> counts = new HashMap<>();
    Map<Long, BigDecimal> sums = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      long user = 1 + random.nextInt(users);
      BigDecimal amount = BigDecimal.valueOf(random.nextInt(-5_000, 5_000), 2);
      int age = random.nextInt(60);
      String name = random.nextInt(3) == 0 ? "Other" : "Buy";
      String kind = random.nextBoolean() ? "a" : "it's \"b\"";
      Instant time = day(age).plusMillis(random.nextInt(1_000));
      String text = amount.toPlainString();
      stores.event(project, user, name, time, "amount", text, "kind", kind);
      boolean matches =
          name.equals("Buy") && age < 30 && amount.signum() > 0 && kind.startsWith("it's");
      if (matches) {
        counts.merge(user, 1, Integer::sum);
        sums.merge(user, amount, BigDecimal::add);
      }
    }
    stores.insert();
    EventSelector selector =
        new EventSelector(
            "Buy",
            List.of(
                new PropertyFilter(
                    "amount",
                    new Comparison(Operator.GREATER, List.of(new Value.Decimal(BigDecimal.ZERO)))),
                new PropertyFilter(
                    "kind",
                    new Comparison(Operator.EQUAL, List.of(new Value.Text("it's \"b\""))))));
    stores.traits().create(editor(project), window("positive_count", selector, Calculation.COUNT));
    stores.traits().create(editor(project), window("positive_sum", selector, Calculation.SUM));
    Computation last = stores.finish(project, 7);

    assertThat(last.state()).isEqualTo(State.DONE);
    for (long user = 1; user <= users; user++) {
      Map<String, TraitValue> expected = new HashMap<>();
      if (counts.containsKey(user)) {
        expected.put("positive_count", value(Integer.toString(counts.getOrDefault(user, 0))));
        expected.put(
            "positive_sum", TraitValue.of(sums.getOrDefault(user, BigDecimal.ZERO)).orElseThrow());
      }
      assertThat(stores.computed(project, "u" + user)).as("user %d", user).isEqualTo(expected);
    }
  }

  @Test
  void aSecondRunChangesOnlyWhatChanged() {
    stores.users(project, 3);
    stores.event(project, 1, "Login", day(1)).event(project, 2, "Login", day(1));
    stores.insert();
    create("logins", "Login", Calculation.COUNT, "");
    stores.finish(project, 2);
    Profile before = stores.profile(project, "u2");
    stores.event(project, 1, "Login", day(0).plusSeconds(60));
    stores.insert();
    stores.at(NOW.plus(Duration.ofDays(1)));
    stores.traits().start(editor(project), "logins");
    Computation second = stores.finish(project, 2);

    assertThat(second.changes()).isEqualTo(1);
    assertThat(second.users()).isEqualTo(2);
    assertThat(stores.computed(project, "u1")).isEqualTo(Map.of("logins", value("2")));
    assertThat(stores.profile(project, "u2")).isEqualTo(before);
  }

  @Test
  void tellsWhatWasTrueOnADay() {
    stores.users(project, 1);
    stores.event(project, 1, "Login", day(1));
    stores.insert();
    create("logins", "Login", Calculation.COUNT, "");
    stores.finish(project, 10);
    stores.event(project, 1, "Login", day(0).plusSeconds(60));
    stores.insert();
    stores.at(NOW.plus(Duration.ofDays(3)));
    stores.traits().start(editor(project), "logins");
    stores.finish(project, 10);

    ComputedTraits traits = stores.traits();
    assertThat(traits.values(project, 1, NOW.minusSeconds(1))).isEmpty();
    assertThat(traits.values(project, 1, NOW.plus(Duration.ofDays(2))))
        .isEqualTo(Map.of("logins", value("1")));
    assertThat(traits.values(project, 1, NOW.plus(Duration.ofDays(3))))
        .isEqualTo(Map.of("logins", value("2")));
  }

  @Test
  void aRunThatDiesAnywhereIsTakenUpAgain() {
    for (int death = 0; death < 6; death++) {
      ProjectId fresh = ProfileStores.project();
      stores.at(NOW);
      stores.users(fresh, 6);
      for (int user = 1; user <= 6; user++) {
        stores.event(fresh, user, "Login", day(1)).event(fresh, user, "Login", day(user));
      }
      stores.insert();
      stores.traits().create(editor(fresh), trait("logins", "Login", Calculation.COUNT, ""));
      Dying dying = new Dying(new RedisProfiles(stores.stores.redis), death / 2, death % 2 == 0);
      assertThatThrownBy(() -> stores.computer(2, stores.values, dying).run())
          .isInstanceOf(Failure.class);
      assertThat(stores.finish(fresh, 2).state()).isEqualTo(State.DONE);

      long revisions = 0;
      for (int user = 1; user <= 6; user++) {
        assertThat(stores.computed(fresh, "u" + user)).isEqualTo(Map.of("logins", value("2")));
        revisions += stores.profile(fresh, "u" + user).revision();
      }
      assertThat(revisions).isEqualTo(12);
    }
  }

  @Test
  void aDeletedComputedTraitLeavesTheProfiles() {
    stores.users(project, 2);
    stores.event(project, 1, "Login", day(1));
    stores.insert();
    create("logins", "Login", Calculation.COUNT, "");
    stores.finish(project, 10);
    stores.at(NOW.plusSeconds(1));
    stores.traits().delete(editor(project), "logins");
    Computation removal = stores.finish(project, 10);

    assertThat(removal.state()).isEqualTo(State.DONE);
    assertThat(stores.computed(project, "u1")).isEmpty();
    assertThat(stores.traits().values(project, 1, NOW.plusSeconds(5))).isEmpty();
    assertThat(stores.traits().values(project, 1, NOW)).containsKey("logins");
  }

  @Test
  void whoWasErasedDoesNotComeBack() {
    stores.users(project, 2);
    stores.event(project, 1, "Login", day(1)).event(project, 2, "Login", day(1));
    stores.insert();
    stores.stores.clickHouse.execute(
        "DELETE FROM profiles WHERE project_id = {project:String} AND user_number = 1",
        Map.of("project", project.value()));
    stores.stores.redis.call("test", commands -> commands.del("profile:{" + project + "/1}"));
    create("logins", "Login", Calculation.COUNT, "");
    stores.finish(project, 10);

    assertThat(stores.stores.find(project, "u1")).isEmpty();
    assertThat(stores.computed(project, "u2")).containsKey("logins");
  }

  @Test
  void startsWhatIsDueAndNothingElse() {
    stores.users(project, 1);
    create("logins", "Login", Calculation.COUNT, "");
    stores.traits().startDue();
    assertThat(mine()).hasSize(1);
    stores.finish(project, 10);
    stores.at(NOW.plus(Duration.ofHours(23)));
    stores.traits().startDue();
    assertThat(mine()).hasSize(1);
    stores.at(NOW.plus(Duration.ofHours(24)));
    stores.traits().startDue();
    stores.traits().startDue();
    assertThat(mine()).hasSize(2);
    stores.finish(project, 10);
  }

  @Test
  void namesEveryViolation() {
    ComputedTrait wrong =
        new ComputedTrait(
            "No!",
            "",
            "",
            EventSelector.named(""),
            Calculation.SUM,
            "",
            -1,
            5,
            0,
            ZoneOffset.UTC,
            io.tenure.profile.domain.habit.BusinessDays.WEEKENDS_OFF,
            Duration.ofSeconds(1),
            false,
            false,
            List.of());
    assertThatThrownBy(() -> stores.traits().create(editor(project), wrong))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.violations())
                    .extracting(FieldViolation::field)
                    .containsExactly(
                        "computed_trait.id",
                        "computed_trait.events.name",
                        "computed_trait.property",
                        "computed_trait.window_days",
                        "computed_trait.trend_windows",
                        "computed_trait.interval"));
  }

  @Test
  void refusesATraitThatAnotherOneWrites() {
    create("payday", "Salary", Calculation.PAYDAY, "");
    assertThatThrownBy(() -> create("payday_next", "Salary", Calculation.COUNT, ""))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.ALREADY_EXISTS));
    stores.finish(project, 10);
  }

  private List<Computation> mine() {
    return stores.computations.list(project, "", "", 10);
  }

  private void create(String id, String event, Calculation calculation, String property) {
    stores.traits().create(editor(project), trait(id, event, calculation, property));
  }

  private static ComputedTrait window(String id, EventSelector events, Calculation calculation) {
    ComputedTrait plain = trait(id, events.name(), calculation, "");
    return new ComputedTrait(
        id,
        "",
        "",
        events,
        calculation,
        calculation == Calculation.SUM ? "amount" : "",
        30,
        0,
        0,
        plain.zone(),
        plain.days(),
        plain.interval(),
        false,
        false,
        List.of());
  }

  /** Noon, Shanghai time, so many days before the computation; within its window of days. */
  private static Instant day(int age) {
    return NOW.minus(Duration.ofDays(age)).plus(Duration.ofHours(4)).minus(Duration.ofHours(8));
  }

  private static TraitValue value(String json) {
    return new TraitValue(json);
  }

  /** Profiles that stop answering after some writes. */
  private static final class Dying implements HotProfiles {
    private final HotProfiles hot;
    private final boolean before;
    private int writes;

    Dying(HotProfiles hot, int writes, boolean before) {
      this.hot = hot;
      this.writes = writes;
      this.before = before;
    }

    @Override
    public Map<UserKey, Held> load(Collection<UserKey> users) {
      return hot.load(users);
    }

    @Override
    public Set<UserKey> save(List<Replacement> replacements) {
      boolean dies = writes-- == 0;
      if (!dies || !before) {
        hot.save(replacements);
      }
      if (dies) {
        throw Failure.unavailable("Died", Duration.ofSeconds(1));
      }
      return Set.of();
    }
  }
}
