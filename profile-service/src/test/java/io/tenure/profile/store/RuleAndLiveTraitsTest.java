package io.tenure.profile.store;

import static io.tenure.profile.store.ComputedStores.NOW;
import static io.tenure.profile.store.ComputedStores.editor;
import static io.tenure.profile.store.ComputedStores.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.computed.Calculation;
import io.tenure.profile.domain.computed.Computation.State;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.LiveTraits;
import io.tenure.profile.domain.computed.TraitRule;
import io.tenure.profile.store.computed.DefinitionComputedTraits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traits by rules, and traits that are as fresh as the profile. */
final class RuleAndLiveTraitsTest {

  private static ComputedStores stores;

  private final ProjectId project = ProfileStores.project();
  private final List<ComputedTrait> definitions = new ArrayList<>();
  private long offset = 100;

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
  void theFirstRuleThatHoldsGivesTheValue() {
    stores.users(project, 6);
    stores
        .traits()
        .create(
            editor(project),
            rules(
                new TraitRule("gold", "2 5"),
                new TraitRule("silver", "1 2 3"),
                new TraitRule("7", "6 900")));
    assertThat(stores.finish(project, 2).state()).isEqualTo(State.DONE);

    assertThat(stores.computed(project, "u1")).isEqualTo(Map.of("tier", text("silver")));
    assertThat(stores.computed(project, "u2")).isEqualTo(Map.of("tier", text("gold")));
    assertThat(stores.computed(project, "u3")).isEqualTo(Map.of("tier", text("silver")));
    assertThat(stores.computed(project, "u4")).isEmpty();
    assertThat(stores.computed(project, "u5")).isEqualTo(Map.of("tier", text("gold")));
    assertThat(stores.computed(project, "u6")).isEqualTo(Map.of("tier", new TraitValue("7")));
  }

  @Test
  void whoLeavesARuleLosesItsValueAndThePastStays() {
    stores.users(project, 3);
    stores.traits().create(editor(project), rules(new TraitRule("gold", "1 2")));
    stores.finish(project, 10);
    stores.at(NOW.plus(Duration.ofDays(1)));
    stores.traits().update(editor(project), rules(new TraitRule("gold", "2 3")), "");
    stores.finish(project, 10);

    assertThat(stores.computed(project, "u1")).isEmpty();
    assertThat(stores.computed(project, "u2")).containsKey("tier");
    assertThat(stores.computed(project, "u3")).containsKey("tier");
    assertThat(stores.traits().values(project, 1, NOW)).containsKey("tier");
    assertThat(stores.traits().values(project, 3, NOW)).isEmpty();
  }

  @Test
  void tellsWhatOneUserWouldGet() {
    stores.users(project, 3);
    ComputedTrait tier = rules(new TraitRule("gold", "1 2"), new TraitRule("silver", "3"));
    assertThat(stores.traits().evaluate(project, tier, 3, NOW).traits())
        .isEqualTo(Map.of("tier", text("silver")));
    assertThat(stores.traits().evaluate(project, tier, 4, NOW).traits()).isEmpty();
  }

  @Test
  void refusesWhatIsNoRule() {
    assertThat(
            violations(
                with(
                    trait("tier", "Login", Calculation.RULE, ""),
                    7,
                    false,
                    List.of(new TraitRule("", "1")))))
        .containsExactly(
            "computed_trait.events", "computed_trait.rules[0].value", "computed_trait.window_days");
    assertThat(violations(rules())).containsExactly("computed_trait.rules");
    assertThat(violations(rules(new TraitRule("gold", ""))))
        .containsExactly("computed_trait.rules[0].condition");
    assertThat(
            violations(
                with(
                    trait("logins", "Login", Calculation.COUNT, ""),
                    0,
                    false,
                    List.of(new TraitRule("gold", "1")))))
        .containsExactly("computed_trait.rules");
  }

  @Test
  void aLiveCountIsThatOfTheLastDays() {
    definitions.add(live("logins", Calculation.COUNT, 3));
    definitions.add(live("quiet", Calculation.DAYS_SINCE, 0));
    for (String time :
        List.of(
            "2026-06-20T04:00:00Z",
            "2026-06-28T15:59:59Z",
            "2026-06-28T16:00:00Z",
            "2026-06-30T04:00:00Z")) {
      login("anna", time);
    }
    // In Shanghai 1 July has begun; 28 June ended at 16:00Z.
    stores.at(Instant.parse("2026-07-01T02:00:00Z"));
    assertThat(traits("anna"))
        .isEqualTo(Map.of("logins", new TraitValue("2"), "quiet", new TraitValue("1")));
    stores.at(Instant.parse("2026-07-20T02:00:00Z"));
    assertThat(traits("anna")).isEqualTo(Map.of("quiet", new TraitValue("20")));
  }

  @Test
  void aLiveCountReplacesWhatTheLastComputationSaid() {
    ComputedTrait logins = live("logins", Calculation.COUNT, 3);
    definitions.add(logins);
    login("anna", "2026-06-29T04:00:00Z");
    stores.event(project, 1, "Login", Instant.parse("2026-06-29T04:00:00Z"));
    stores.insert();
    stores.traits().create(editor(project), logins);
    stores.finish(project, 10);
    assertThat(stores.computed(project, "anna")).isEqualTo(Map.of("logins", new TraitValue("1")));

    login("anna", "2026-06-30T04:00:00Z");
    assertThat(traits("anna")).isEqualTo(Map.of("logins", new TraitValue("2")));
    stores.at(NOW.plus(Duration.ofDays(30)));
    assertThat(traits("anna")).isEmpty();
  }

  @Test
  void aProfileThatForgotEventsKeepsTheComputedValue() {
    definitions.add(live("logins", Calculation.COUNT, 3));
    login("anna", "2026-06-30T04:00:00Z");
    Profile whole = stores.profile(project, "anna");
    Profile older =
        new Profile(
            whole.user(),
            whole.loginId(),
            whole.anonymousIds(),
            whole.identities(),
            Map.of("logins", new TraitValue("8")),
            whole.firstSeenTime(),
            whole.lastSeenTime(),
            whole.eventCount() + 7,
            whole.activity(),
            whole.updateTime(),
            whole.watermarks(),
            whole.releases(),
            whole.merging(),
            whole.revision());
    assertThat(liveTraits().asOfNow(older)).isEqualTo(older);
    assertThat(liveTraits().asOfNow(whole).traits())
        .isEqualTo(Map.of("logins", new TraitValue("1")));
  }

  @Test
  void readsADefinitionFromBeforeThereWereRules() {
    ComputedTrait plain = trait("logins", "Login", Calculation.COUNT, "");
    String body = Json.write(plain).replace(",\"live\":false,\"rules\":[]", "");
    assertThat(body).doesNotContain("live", "rules");
    new Definitions(
            stores.stores.clickHouse,
            stores.stores.redis,
            stores.clock(),
            DefinitionComputedTraits.KIND)
        .create(project, "logins", body, "person:test");
    assertThat(stores.traits().get(project, "logins").trait()).isEqualTo(plain);
  }

  @Test
  void refusesALiveTraitThatProfilesCannotTell() {
    assertThat(violations(live("logins", Calculation.COUNT, 0)))
        .containsExactly("computed_trait.window_days");
    assertThat(violations(live("logins", Calculation.COUNT, 5)))
        .containsExactly("computed_trait.window_days");
    assertThat(violations(live("usual", Calculation.USUAL_HOUR, 3)))
        .containsExactly("computed_trait.live");
  }

  private static ComputedTrait live(String id, Calculation calculation, int days) {
    return with(trait(id, "Login", calculation, ""), days, true, List.of());
  }

  private static ComputedTrait rules(TraitRule... rules) {
    return with(trait("tier", "", Calculation.RULE, ""), 0, false, List.of(rules));
  }

  private static ComputedTrait with(
      ComputedTrait trait, int days, boolean live, List<TraitRule> rules) {
    return new ComputedTrait(
        trait.id(),
        "",
        "",
        trait.events(),
        trait.calculation(),
        "",
        days,
        0,
        0,
        trait.zone(),
        trait.days(),
        trait.interval(),
        false,
        live,
        rules);
  }

  private static TraitValue text(String text) {
    return new TraitValue('"' + text + '"');
  }

  private void login(String user, String time) {
    stores.stores.projector.apply(
        "log",
        List.of(
            new ProfileUpdate(
                offset++,
                project,
                new Identifiers(user, "", false),
                Instant.parse(time),
                "Login",
                List.of())));
  }

  private Map<String, TraitValue> traits(String user) {
    return liveTraits().asOfNow(stores.profile(project, user)).traits();
  }

  private LiveTraits liveTraits() {
    return new LiveTraits(any -> definitions, (project, user) -> true, stores.clock());
  }

  private List<String> violations(ComputedTrait trait) {
    List<String> fields = new ArrayList<>();
    assertThatThrownBy(() -> stores.traits().create(editor(project), trait))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                failure.violations().stream().map(FieldViolation::field).forEach(fields::add));
    return fields;
  }
}
