package io.tenure.evaluator;

import static io.tenure.evaluator.Flags.NOW;
import static io.tenure.evaluator.Flags.disabled;
import static io.tenure.evaluator.Flags.fixed;
import static io.tenure.evaluator.Flags.flag;
import static io.tenure.evaluator.Flags.forced;
import static io.tenure.evaluator.Flags.halves;
import static io.tenure.evaluator.Flags.text;
import static io.tenure.evaluator.Flags.trait;
import static io.tenure.evaluator.Flags.user;
import static io.tenure.evaluator.Flags.waiting;
import static io.tenure.evaluator.Flags.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FlagSetTest {

  private static final Condition BEIJING = trait("city", Operator.EQUAL, text("Beijing"));
  private static final Subject IN_BEIJING = with(Map.of("city", new Value.Text("Beijing")));

  @Test
  void anUnknownFlagHasNoOutcome() {
    assertThat(FlagSet.of(List.of()).decide("a", user("u"), NOW)).isNull();
    assertThat(FlagSet.of(List.of()).decideWithOthers("a", user("u"), NOW, null)).isEmpty();
  }

  @Test
  void aFlagWithoutRulesIsTheSameForEverybody() {
    Outcome outcome = decide(user("u"), flag("a", fixed("on")));
    assertThat(outcome)
        .isEqualTo(new Outcome("a", "on", new Value.Text("on"), Reason.STATIC, "", "", null));
  }

  @Test
  void theFirstRuleThatHoldsDecides() {
    Flag flag =
        flag(
            "a",
            fixed("off"),
            Rule.of("beijing", BEIJING, fixed("on")),
            Rule.of("all", null, fixed("other")));
    assertThat(decide(IN_BEIJING, flag).rule()).isEqualTo("beijing");
    assertThat(decide(IN_BEIJING, flag).reason()).isEqualTo(Reason.TARGETING_MATCH);
    assertThat(decide(user("u"), flag).rule()).isEqualTo("all");
    assertThat(
            decide(user("u"), flag("b", fixed("off"), Rule.of("r", BEIJING, fixed("on")))).reason())
        .isEqualTo(Reason.DEFAULT);
  }

  @Test
  void aDisabledFlagServesNobodyAndAListEverybodyElse() {
    Flag listed = forced(flag("a", fixed("off")), Map.of("tester", "other"));
    assertThat(decide(user("tester"), listed).variant()).isEqualTo("other");
    assertThat(decide(user("tester"), listed).reason()).isEqualTo(Reason.FORCED);
    assertThat(decide(user("other"), listed).variant()).isEqualTo("off");
    assertThat(decide(user("tester"), disabled(listed)).reason()).isEqualTo(Reason.DISABLED);
  }

  @Test
  void aRuleHoldsInsideItsSchedule() {
    Schedule today = new Schedule(NOW, NOW.plus(Duration.ofDays(1)));
    Flag flag = flag("a", fixed("off"), new Rule("r", today, List.of(), null, fixed("on")));
    FlagSet set = FlagSet.of(List.of(flag));
    assertThat(variant(set, "a", NOW.minusMillis(1))).isEqualTo("off");
    assertThat(variant(set, "a", NOW)).isEqualTo("on");
    assertThat(variant(set, "a", today.end().minusMillis(1))).isEqualTo("on");
    assertThat(variant(set, "a", today.end())).isEqualTo("off");
  }

  @Test
  void aFlagWaitsForOthers() {
    Flag base = flag("base", fixed("off"), Rule.of("r", BEIJING, fixed("on")));
    Flag waiting = waiting("waiting", new Prerequisite("base", Set.of("on", "other")));
    Flag last = waiting("last", new Prerequisite("waiting", Set.of("on")));
    FlagSet set = FlagSet.of(List.of(last, waiting, base));
    assertThat(outcome(set, "last", IN_BEIJING).variant()).isEqualTo("on");
    assertThat(outcome(set, "last", user("u")).reason()).isEqualTo(Reason.PREREQUISITE);
    assertThat(outcome(set, "last", user("u")).variant()).isEqualTo("off");
    assertThat(set.decideAll(user("u"), NOW).stream().map(Outcome::flag))
        .containsExactly("base", "last", "waiting");
  }

  @Test
  void flagsThatWaitForEachOtherAreRefused() {
    Flag first = waiting("a", new Prerequisite("b", Set.of("on")));
    Flag second = waiting("b", new Prerequisite("c", Set.of("on")));
    Flag third = waiting("c", new Prerequisite("a", Set.of("on")));
    assertThatThrownBy(() -> FlagSet.of(List.of(first, second, third)))
        .hasMessage("Flags wait for each other: a -> b -> c -> a");
    assertThatThrownBy(() -> FlagSet.of(List.of(first)))
        .hasMessage("The flag 'a' waits for 'b', which does not exist");
    assertThatThrownBy(() -> FlagSet.of(List.of(flag("a", fixed("on")), flag("a", fixed("on")))))
        .hasMessage("Two flags have the key 'a'");
  }

  @Test
  void manyWaysToOneFlagDecideItOnce() {
    List<Flag> flags = new ArrayList<>();
    flags.add(flag("f00", fixed("on")));
    for (int level = 1; level < 40; level++) {
      String before = "f%02d".formatted(level - 1);
      flags.add(
          new Flag(
              "f%02d".formatted(level),
              true,
              List.of(new Variant("on", new Value.Truth(true))),
              "on",
              List.of(),
              List.of(new Prerequisite(before, Set.of("on"))),
              List.of(
                  new Rule(
                      "again",
                      Schedule.ALWAYS,
                      List.of(new Prerequisite(before, Set.of("on"))),
                      null,
                      fixed("on"))),
              fixed("on")));
    }
    assertThat(variant(FlagSet.of(flags), "f39", NOW)).isEqualTo("on");
  }

  @Test
  void onlyVariantsOfTheFlagCanBeServed() {
    assertThatThrownBy(() -> flag("a", fixed("none")))
        .hasMessage("The flag 'a' has no variant 'none'");
    assertThatThrownBy(() -> forced(flag("a", fixed("on")), Map.of("u", "none")))
        .hasMessage("The flag 'a' has no variant 'none'");
  }

  @Test
  void tellsWhy() {
    Gate enrolment = Gate.Enrolment.of(Dealing.of(UnitType.USER, "e"), 10_000);
    Flag flag =
        flag(
            "a",
            fixed("off"),
            Rule.of("beijing", BEIJING, fixed("other")),
            Rule.of("half", null, halves("x", enrolment)));
    List<Step> steps = new ArrayList<>();
    Outcome outcome = FlagSet.of(List.of(flag)).decide("a", user("user-1"), NOW, steps::add);
    assertThat(steps).hasSize(4);
    assertThat(steps.get(0)).isEqualTo(new Step.Matched("beijing", false));
    assertThat(steps.get(1)).isEqualTo(new Step.Matched("half", true));
    assertThat(steps.get(2))
        .isEqualTo(
            new Step.Gated(
                "half", enrolment, Dealing.of(UnitType.USER, "e").bucket("user-1"), true));
    assertThat(steps.get(3))
        .isEqualTo(
            new Step.Dealt(
                "half",
                Dealing.of(UnitType.USER, "x").bucket("user-1"),
                Objects.requireNonNull(outcome).variant()));
  }

  private static Outcome decide(Subject subject, Flag flag) {
    return outcome(FlagSet.of(List.of(flag)), flag.key(), subject);
  }

  private static Outcome outcome(FlagSet set, String key, Subject subject) {
    return Objects.requireNonNull(set.decide(key, subject, NOW));
  }

  private static String variant(FlagSet set, String key, Instant now) {
    return Objects.requireNonNull(set.decide(key, user("u"), now)).variant();
  }
}
