package io.tenure.experiment.domain.serving;

import static io.tenure.experiment.domain.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Reason;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Step;
import io.tenure.evaluator.Stickiness;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.experiment.domain.InMemoryShelf;
import io.tenure.experiment.domain.Samples;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.ExperimentGuard;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.Flags;
import io.tenure.experiment.domain.flag.RuleServing;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What sticky splits dealt is kept and served again, whoever asks and however. */
final class KeptDecisionsTest {

  private static final ProjectId PROJECT = new ProjectId("bank");
  private static final Caller ANN = new Caller(PROJECT, "person:ann", Caller.Role.EDITOR);
  private static final Unit USER = new Unit(UnitType.USER, "user-1");
  private static final Kept ON = new Kept("on", 1);
  private static final Kept OFF = new Kept("off", 1);

  private final InMemoryShelf<Flag> store = new InMemoryShelf<>();
  private final InMemoryShelf<Experiment> experiments = new InMemoryShelf<>();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final FlagSnapshots snapshots =
      new FlagSnapshots(new Configuration(store, experiments, new InMemoryShelf<Holdout>()), clock);
  private final Flags flags = new Flags(store, new ExperimentGuard(experiments), snapshots);
  private final InMemoryKeptVariants variants = new InMemoryKeptVariants(clock);
  private final Users users = new Users();
  private final FlagEvaluation evaluation = new FlagEvaluation(snapshots, users, variants, clock);

  @Test
  void aUnitKeepsItsVariantWhenWeightsChange() {
    create(sticky("home", UnitType.USER, 10_000));
    Evaluation first = evaluate("home", Map.of());
    assertThat(first.outcome().variant()).isEqualTo("on");
    assertThat(first.outcome().reason()).isEqualTo(Reason.SPLIT);

    update(sticky("home", UnitType.USER, 0));

    Evaluation again = evaluate("home", Map.of());
    assertThat(again.outcome().variant()).isEqualTo("on");
    assertThat(again.outcome().reason()).isEqualTo(Reason.KEPT);
    assertThat(again.outcome().split()).isEqualTo(first.outcome().split());
    assertThat(again.participation()).isEqualTo(first.participation());
    assertThat(again.dealt()).isEqualTo(first.dealt()).isNotNull();
    assertThat(evaluation.evaluate(PROJECT, "home", "user-2", Map.of()).outcome().variant())
        .isEqualTo("off");
    assertThat(variants.reads()).isEqualTo(3);
    assertThat(variants.writes()).isEqualTo(2);
  }

  @Test
  void whoWasDealtUnderAnOlderVersionIsLeftOut() {
    create(sticky("home", UnitType.USER, 10_000));
    evaluate("home", Map.of());

    update(sticky("home", UnitType.USER, 10_000, new Stickiness(2, 1)));
    assertThat(evaluate("home", Map.of()).outcome().reason()).isEqualTo(Reason.KEPT);
    update(sticky("home", UnitType.USER, 10_000, new Stickiness(2, 2)));

    Evaluation left = evaluate("home", Map.of());
    assertThat(left.outcome().reason()).isEqualTo(Reason.DEFAULT);
    assertThat(left.outcome().variant()).isEqualTo("off");
    assertThat(left.dealt()).isNull();
    assertThat(variants.of(PROJECT, USER)).isEqualTo(Map.of("home", ON));
  }

  @Test
  void whatIsKeptIsKeptForTheUnitThatIsDealt() {
    create(sticky("account", UnitType.ACCOUNT, 10_000));
    Map<String, Value> first = Map.of("account_id", text("a-1"));
    evaluate("account", first);
    assertThat(variants.of(PROJECT, new Unit(UnitType.ACCOUNT, "a-1")))
        .isEqualTo(Map.of("account", ON));
    assertThat(variants.of(PROJECT, USER)).isEmpty();

    update(sticky("account", UnitType.ACCOUNT, 0));

    assertThat(evaluate("account", first).outcome().variant()).isEqualTo("on");
    assertThat(evaluation.evaluate(PROJECT, "account", "user-2", first).outcome().variant())
        .as("somebody else of the account")
        .isEqualTo("on");
    assertThat(evaluate("account", Map.of("account_id", text("a-2"))).outcome().variant())
        .isEqualTo("off");
    int reads = variants.reads();
    assertThat(evaluate("account", Map.of()).outcome().reason()).isEqualTo(Reason.DEFAULT);
    assertThat(variants.reads()).as("without a unit").isEqualTo(reads);
  }

  @Test
  void aUnitNamedByAStoredTraitKeepsIt() {
    users.traits = Map.of("household_id", text("h"));
    create(sticky("home", UnitType.HOUSEHOLD, 10_000));

    evaluate("home", Map.of());

    assertThat(variants.of(PROJECT, new Unit(UnitType.HOUSEHOLD, "h")))
        .isEqualTo(Map.of("home", ON));
  }

  @Test
  void allFlagsTakeOneReadingAndOneWriting() {
    for (int flag = 0; flag < 200; flag++) {
      UnitType unit = List.of(UnitType.values()).get(flag % 4);
      create(sticky("flag-" + flag, unit, 10_000));
    }
    Map<String, Value> context =
        Map.of("device_id", text("d"), "account_id", text("a"), "household_id", text("h"));

    FlagEvaluation.Evaluations first = all(context, "");

    assertThat(first.values()).allMatch(one -> one.outcome().variant().equals("on"));
    assertThat(variants.reads()).isEqualTo(1);
    assertThat(variants.writes()).isEqualTo(1);
    for (UnitType type : UnitType.values()) {
      String id =
          type == UnitType.USER ? "user-1" : type.name().substring(0, 1).toLowerCase(Locale.ROOT);
      assertThat(variants.of(PROJECT, new Unit(type, id))).hasSize(50);
    }
    assertThat(all(context, "").values()).allMatch(one -> one.outcome().reason() == Reason.KEPT);
    assertThat(variants.writes()).isEqualTo(1);
  }

  @Test
  void aFlagThatIsNotStickyReadsNothingBesideOneThatIs() {
    create(sticky("sticky", UnitType.USER, 10_000));
    create(Samples.homeFlag("home"));

    evaluate("home", Map.of());

    assertThat(variants.reads()).isZero();
  }

  /** Which account it is would have to be asked of another service. */
  @Test
  void aFlagAsksForItsOwnUnitsAlone() {
    create(sticky("user", UnitType.USER, 10_000));
    create(sticky("account", UnitType.ACCOUNT, 10_000));

    evaluate("user", Map.of());
    assertThat(users.asked).isZero();

    evaluate("account", Map.of());
    assertThat(users.asked).isEqualTo(1);
  }

  @Test
  void theTagOfWhoKeepsIsTheTagOfTheNext() {
    create(sticky("home", UnitType.USER, 10_000));

    FlagEvaluation.Evaluations first = all(Map.of(), "");
    FlagEvaluation.Evaluations second = all(Map.of(), "");
    FlagEvaluation.Evaluations third = all(Map.of(), first.etag());

    assertThat(second.etag()).isEqualTo(first.etag());
    assertThat(third.notModified()).isTrue();
    assertThat(third.etag()).isEqualTo(first.etag());
  }

  @Test
  void theTagTellsWhatIsKept() {
    create(sticky("home", UnitType.USER, 10_000));
    String on = all(Map.of(), "").etag();
    variants.forget(PROJECT, List.of(USER), clock.instant().plusSeconds(1));
    variants.put(PROJECT, USER, "home", OFF);

    FlagEvaluation.Evaluations off = all(Map.of(), on);

    assertThat(off.notModified()).isFalse();
    assertThat(off.values().getFirst().outcome().variant()).isEqualTo("off");
    variants.forget(PROJECT, List.of(USER), clock.instant().plusSeconds(1));
    variants.put(PROJECT, USER, "home", new Kept("off", 2));
    assertThat(all(Map.of(), off.etag()).notModified()).as("dealt by another version").isFalse();
    variants.forget(PROJECT, List.of(USER), clock.instant().plusSeconds(1));
    FlagEvaluation.Evaluations anew = all(Map.of(), off.etag());
    assertThat(anew.notModified()).isFalse();
    assertThat(anew.etag()).isEqualTo(on);
  }

  @Test
  void whoeverIsSlowerServesWhatTheFasterKept() {
    create(sticky("home", UnitType.USER, 10_000));
    variants.beforeKeeping(() -> variants.put(PROJECT, USER, "home", OFF));

    Evaluation slower = evaluate("home", Map.of());

    assertThat(slower.outcome().variant()).isEqualTo("off");
    assertThat(slower.outcome().reason()).isEqualTo(Reason.KEPT);
    assertThat(slower.degraded()).isFalse();
  }

  /** The faster one had not heard of the new version yet. */
  @Test
  void whoeverIsSlowerIsLeftOutByAnOlderVersion() {
    create(sticky("home", UnitType.USER, 10_000));
    variants.beforeKeeping(() -> variants.put(PROJECT, USER, "home", new Kept("on", 0)));

    assertThat(evaluate("home", Map.of()).outcome().reason()).isEqualTo(Reason.DEFAULT);
  }

  @Test
  void whoeverIsSlowerDecidesAllFlagsAgain() {
    create(sticky("a", UnitType.USER, 10_000));
    create(sticky("b", UnitType.USER, 10_000));
    create(waiting("c", "a"));
    variants.beforeKeeping(() -> variants.put(PROJECT, USER, "a", OFF));

    FlagEvaluation.Evaluations slower = all(Map.of(), "");

    assertThat(slower.values())
        .extracting(one -> one.outcome().variant())
        .containsExactly("off", "on", "off");
    assertThat(all(Map.of(), "").etag()).isEqualTo(slower.etag());
    assertThat(all(Map.of(), slower.etag()).notModified()).isTrue();
    assertThat(variants.of(PROJECT, USER)).isEqualTo(Map.of("a", OFF, "b", ON));
  }

  @Test
  void flagsOfOneSplitAgree() {
    create(sticky("first", "same", UnitType.USER, 10_000, new Stickiness(1, 1)));
    create(sticky("second", "same", UnitType.USER, 0, new Stickiness(1, 1)));

    assertThat(all(Map.of(), "").values())
        .extracting(one -> one.outcome().variant())
        .containsExactly("on", "on");
    assertThat(evaluate("second", Map.of()).outcome().variant()).isEqualTo("on");
  }

  /** Who asks for one flag alone has decided those it waits for, too. */
  @Test
  void keepsWhatAFlagWaitsFor() {
    create(sticky("base", UnitType.USER, 10_000));
    create(waiting("last", "base"));
    assertThat(evaluate("last", Map.of()).outcome().variant()).isEqualTo("on");

    update(sticky("base", UnitType.USER, 0));

    assertThat(evaluate("last", Map.of()).outcome().variant()).isEqualTo("on");
    assertThat(evaluate("base", Map.of()).outcome().variant()).isEqualTo("on");
  }

  @Test
  void decidesByBucketWhileNobodyAnswers() {
    create(sticky("home", UnitType.USER, 10_000));
    create(Samples.plain("plain", "on"));
    variants.put(PROJECT, USER, "home", OFF);
    variants.answering(false, true);

    Evaluation alone = evaluate("home", Map.of());
    FlagEvaluation.Evaluations degraded = all(Map.of(), "");

    assertThat(alone.outcome().variant()).isEqualTo("on");
    assertThat(alone.degraded()).isTrue();
    assertThat(degraded.values()).extracting(Evaluation::degraded).containsExactly(true, false);
    assertThat(variants.writes()).isZero();
    assertThat(all(Map.of(), degraded.etag()).notModified()).isTrue();
    variants.answering(true, true);
    FlagEvaluation.Evaluations back = all(Map.of(), degraded.etag());
    assertThat(back.notModified()).isFalse();
    assertThat(back.values().getFirst().outcome().variant()).isEqualTo("off");
  }

  @Test
  void whatCouldNotBeKeptIsKeptByTheNext() {
    create(sticky("home", UnitType.USER, 10_000));
    create(Samples.plain("plain", "on"));
    variants.answering(true, false);

    assertThat(evaluate("home", Map.of()).degraded()).isTrue();
    FlagEvaluation.Evaluations unkept = all(Map.of(), "");
    assertThat(unkept.values()).extracting(Evaluation::degraded).containsExactly(true, false);
    assertThat(unkept.values().getFirst().outcome().variant()).isEqualTo("on");

    variants.answering(true, true);
    FlagEvaluation.Evaluations next = all(Map.of(), unkept.etag());
    assertThat(next.notModified()).isFalse();
    assertThat(next.values().getFirst().degraded()).isFalse();
    assertThat(variants.of(PROJECT, USER)).isEqualTo(Map.of("home", ON));
  }

  @Test
  void anExplanationKeepsNothing() {
    create(sticky("home", UnitType.USER, 10_000));

    FlagEvaluation.Explanation dealt = evaluation.explain(PROJECT, "home", "user-1", Map.of());
    assertThat(dealt.evaluation().outcome().variant()).isEqualTo("on");
    variants.put(PROJECT, USER, "home", OFF);
    FlagEvaluation.Explanation kept = evaluation.explain(PROJECT, "home", "user-1", Map.of());

    assertThat(kept.evaluation().outcome().variant()).isEqualTo("off");
    assertThat(kept.steps()).contains(new Step.Remembered("split", OFF, true));
    assertThat(variants.writes()).isZero();
    assertThat(variants.renewals()).isZero();
    evaluate("home", Map.of());
    assertThat(variants.renewals()).isEqualTo(1);
  }

  @Test
  void aTestersListKeepsNothing() {
    Flag listed = sticky("listed", UnitType.USER, 10_000);
    create(
        new Flag(
            listed.key(),
            "",
            "",
            true,
            UnitType.USER,
            listed.variants(),
            "off",
            List.of(new Forced(UnitType.USER, Map.of("user-1", "off"))),
            List.of(),
            listed.rules(),
            listed.fallthrough(),
            ""));

    assertThat(evaluate("listed", Map.of()).outcome().reason()).isEqualTo(Reason.FORCED);
    assertThat(variants.of(PROJECT, USER)).isEmpty();
  }

  private void create(Flag flag) {
    flags.create(ANN, flag);
  }

  private void update(Flag flag) {
    flags.update(ANN, flag, "");
  }

  private Evaluation evaluate(String key, Map<String, Value> context) {
    return evaluation.evaluate(PROJECT, key, "user-1", context);
  }

  private FlagEvaluation.Evaluations all(Map<String, Value> context, String known) {
    return evaluation.evaluateAll(PROJECT, "user-1", context, known, "");
  }

  /** On for so many parts of 10000, sticky, off for the others; the split is named as the flag. */
  private static Flag sticky(String key, UnitType unit, int on) {
    return sticky(key, unit, on, new Stickiness(1, 1));
  }

  private static Flag sticky(String key, UnitType unit, int on, Stickiness stickiness) {
    return sticky(key, key, unit, on, stickiness);
  }

  private static Flag sticky(
      String key, String split, UnitType unit, int on, Stickiness stickiness) {
    return Samples.flag(
        key,
        true,
        List.of(
            FlagRule.of(
                "split",
                null,
                new RuleServing.Imported(
                    Serving.Split.of(
                        split,
                        Dealing.of(unit, key),
                        List.of(),
                        List.of("on", "off"),
                        List.of(on, 10_000 - on),
                        stickiness)))),
        Allocation.everybody("off"));
  }

  /** On when another flag is, which it asks for in a rule. */
  private static Flag waiting(String key, String other) {
    return Samples.flag(
        key,
        true,
        List.of(
            new FlagRule(
                "waits",
                Schedule.ALWAYS,
                List.of(new Prerequisite(other, Set.of("on"))),
                null,
                Allocation.everybody("on"))),
        Allocation.everybody("off"));
  }

  private static final class Users implements KnownUsers {

    private Map<String, Value> traits = Map.of();
    private int asked;

    @Override
    public Optional<KnownUser> find(String id) {
      asked++;
      return Optional.of(new KnownUser(1, traits));
    }

    @Override
    public Set<String> segmentsOf(KnownUser user) {
      throw Failure.unavailable("Nobody answers", Duration.ofSeconds(1));
    }
  }
}
