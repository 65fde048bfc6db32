package io.tenure.experiment.domain.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value.Text;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Reason;
import io.tenure.evaluator.Shares;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.Samples;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.RuleServing;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** From a draft to a decision, in memory. */
final class ExperimentsTest {

  private static final int UNITS = 5_000;

  private final Laboratory laboratory = new Laboratory();

  @Test
  void goesFromADraftToADecision() {
    laboratory.flagTesting("home", "home-test");
    laboratory.create("home-test", laboratory.design("home"));
    assertThat(served("home")).containsOnlyKeys("off");

    move("home-test", new Move.Submit());
    laboratory.asBob("home-test", new Move.Approve());
    Experiment running = move("home-test", new Move.Start());
    Map<String, Set<Integer>> first = served("home");
    assertThat(running.state()).isEqualTo(State.RUNNING);
    assertThat(first).containsOnlyKeys("on", "off");
    assertThat(first.get("on")).hasSizeBetween(UNITS * 45 / 100, UNITS * 55 / 100);
    assertThat(laboratory.decide("home", "user-1").reason()).isEqualTo(Reason.SPLIT);
    assertThat(laboratory.decide("home", "user-1").split()).isEqualTo("home-test#1");

    move("home-test", new Move.Pause());
    assertThat(served("home")).containsOnlyKeys("off");
    move("home-test", new Move.Resume());
    assertThat(served("home")).isEqualTo(first);

    move("home-test", new Move.Stop());
    assertThat(served("home")).containsOnlyKeys("off");
    move("home-test", new Move.Decide("on"));
    assertThat(served("home")).containsOnlyKeys("on");
    assertThat(laboratory.decide("home", "user-1").split()).isEmpty();

    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> move("home-test", new Move.Archive()));
    laboratory.replace(Samples.plain("home", "on"));
    assertThat(move("home-test", new Move.Archive()).changes())
        .extracting(Change::action)
        .containsExactly(
            "create", "submit", "approve", "start", "pause", "resume", "stop", "decide", "archive");
  }

  @Test
  void wantsAReviewByASecondPerson() {
    laboratory.flagTesting("home", "test");
    laboratory.create("test", laboratory.design("home"));
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> move("test", new Move.Start()));
    move("test", new Move.Submit());

    refused(
        io.tenure.platform.failure.Reason.PERMISSION_DENIED,
        () -> move("test", new Move.Approve()));
    laboratory.asBob("test", new Move.Approve());

    // Whoever has a hand in the design cannot approve what comes of it.
    laboratory.redesignAsBob("test", laboratory.design("home"));
    assertThat(laboratory.experiment("test").state()).isEqualTo(State.DRAFT);
    move("test", new Move.Submit());
    refused(
        io.tenure.platform.failure.Reason.PERMISSION_DENIED,
        () -> laboratory.asBob("test", new Move.Approve()));
  }

  @Test
  void fixesTheDesignAtTheStart() {
    laboratory.run("home", "test", laboratory.design("home"));

    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> laboratory.redesignAsBob("test", laboratory.design("home")));
    Run run = Objects.requireNonNull(laboratory.experiment("test").run());
    assertThat(run.registration()).contains("test").contains("It helps");
  }

  @Test
  void dealsARevisedExperimentAnew() {
    laboratory.run("home", "test", laboratory.design("home"));
    Map<String, Set<Integer>> first = served("home");
    move("test", new Move.Stop());
    move("test", new Move.Revise());
    move("test", new Move.Submit());
    laboratory.asBob("test", new Move.Approve());
    move("test", new Move.Start());

    Map<String, Set<Integer>> second = served("home");

    assertThat(laboratory.experiment("test").phase()).isEqualTo(2);
    assertThat(laboratory.experiment("test").runs()).hasSize(2);
    assertThat(laboratory.decide("home", "user-1").split()).isEqualTo("test#2");
    Set<Integer> both = new HashSet<>(first.get("on"));
    both.retainAll(second.get("on"));
    assertThat(both.size()).isBetween(UNITS * 22 / 100, UNITS * 28 / 100);
  }

  @Test
  void movesNobodyWhileItRamps() {
    Design design =
        laboratory.design(
            "home",
            List.of(
                new RampStage(100, Duration.ZERO),
                new RampStage(500, Duration.ofDays(1)),
                new RampStage(2_500, Duration.ofDays(2))));
    laboratory.run("home", "test", design);
    List<Map<String, Set<Integer>>> stages = new ArrayList<>();
    stages.add(dealt("home"));
    laboratory.clock.advance(Duration.ofDays(1));
    stages.add(dealt("home"));
    move("test", new Move.Pause());
    laboratory.clock.advance(Duration.ofDays(5));
    move("test", new Move.Resume());
    stages.add(dealt("home"));
    assertThat(stages.get(2)).isEqualTo(stages.get(1));
    laboratory.clock.advance(Duration.ofDays(1));
    stages.add(dealt("home"));
    refused(
        io.tenure.platform.failure.Reason.INVALID_ARGUMENT,
        () -> move("test", new Move.Ramp(2_500)));
    move("test", new Move.Ramp(Shares.WHOLE));
    stages.add(dealt("home"));

    int[] sizes =
        stages.stream()
            .mapToInt(stage -> stage.values().stream().mapToInt(Set::size).sum())
            .toArray();
    assertThat(sizes[0]).isBetween(UNITS / 200, UNITS * 2 / 100);
    // Who comes first says nothing about what they get.
    requireHalves(stages.getFirst(), sizes[0]);
    assertThat(sizes[3]).isBetween(UNITS * 22 / 100, UNITS * 28 / 100);
    assertThat(sizes[4]).isEqualTo(UNITS);
    for (int stage = 1; stage < stages.size(); stage++) {
      Map<String, Set<Integer>> now = stages.get(stage);
      stages
          .get(stage - 1)
          .forEach((variant, units) -> assertThat(now.get(variant)).containsAll(units));
    }
  }

  @Test
  void keepsExperimentsOfALayerApart() {
    laboratory.layers.create(
        laboratory.ann, new Layer("home-layer", "", "", UnitType.USER, List.of()));
    laboratory.run("first", "a", laboratory.inLayer("first", "home-layer", 6_000));
    laboratory.create("b", laboratory.inLayer("second", "home-layer", 5_000));
    laboratory.approve("second", "b");
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION, () -> move("b", new Move.Start()));
    assertThat(laboratory.experiment("b").state()).isEqualTo(State.APPROVED);

    laboratory.run("third", "c", laboratory.inLayer("third", "home-layer", 4_000));
    Set<Integer> first = units(dealt("first"));
    Set<Integer> third = units(dealt("third"));

    assertThat(first).doesNotContainAnyElementsOf(third);
    requireHalves(dealt("first"), first.size());
    assertThat(first.size() + third.size()).isEqualTo(UNITS);
    assertThat(laboratory.layer("home-layer").free()).isZero();

    move("a", new Move.Stop());
    assertThat(laboratory.layer("home-layer").free()).isEqualTo(6_000);
    move("b", new Move.Start());
    assertThat(units(dealt("second"))).doesNotContainAnyElementsOf(third);
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> laboratory.layers.delete(laboratory.ann, "home-layer"));
  }

  @Test
  void takesPiecesOfALayer() {
    Layer layer =
        new Layer(
            "l",
            "",
            "",
            UnitType.USER,
            List.of(new Part("a", 1_000, 2_000), new Part("b", 5_000, 10_000)));

    assertThat(layer.with("c", 3_500).orElseThrow().of("c"))
        .containsExactly(new Part("c", 0, 1_000), new Part("c", 2_000, 4_500));
    assertThat(layer.with("c", 4_001)).isEmpty();
    assertThat(layer.with("c", 4_000).orElseThrow().free()).isZero();
  }

  @Test
  void keepsHoldoutsOutOfRunsAndDecisions() {
    laboratory.holdouts.create(
        laboratory.ann, new Holdout("global", "", "", UnitType.USER, 1_000, false));
    laboratory.run("first", "a", laboratory.heldOut("first", "global"));
    laboratory.run("second", "b", laboratory.heldOut("second", "global"));
    Set<Integer> out = complement(units(dealt("first")));
    assertThat(out).hasSizeBetween(UNITS * 8 / 100, UNITS * 12 / 100);
    assertThat(complement(units(dealt("second")))).isEqualTo(out);

    move("a", new Move.Stop());
    move("a", new Move.Decide("on"));
    assertThat(served("first").get("off")).isEqualTo(out);
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () ->
            laboratory.holdouts.update(
                laboratory.ann, new Holdout("global", "", "", UnitType.USER, 500, false), ""));

    laboratory.holdouts.update(
        laboratory.ann, new Holdout("global", "", "", UnitType.USER, 1_000, true), "");
    assertThat(served("first")).containsOnlyKeys("on");
  }

  @Test
  void dealsOnlyItsAudience() {
    Design design = laboratory.design("home");
    laboratory.run(
        "home",
        "test",
        new Design(
            design.displayName(),
            design.hypothesis(),
            design.flag(),
            design.unit(),
            Samples.trait("tier", Operator.EQUAL, new Text("gold")),
            design.arms(),
            design.control(),
            design.layer(),
            design.holdouts(),
            design.ramp(),
            design.plan()));

    assertThat(laboratory.decide("home", "user-1").reason()).isEqualTo(Reason.DEFAULT);
    assertThat(laboratory.decide("home", "user-1", Map.of("tier", Samples.text("gold"))).reason())
        .isEqualTo(Reason.SPLIT);
  }

  @Test
  void keepsWhatARunStandsOn() {
    laboratory.run("home", "test", laboratory.design("home"));

    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> laboratory.replace(Samples.plain("home", "on")));
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> laboratory.flags.delete(laboratory.ann, "home"));
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> laboratory.metrics.delete(laboratory.ann, "sales"));
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> laboratory.experiments.delete(laboratory.ann, "test"));

    Flag home = laboratory.flags.get(Laboratory.PROJECT, "home").content();
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> laboratory.replace(laboratory.withVariants(home, List.of("on", "off"), "changed")));
    laboratory.replace(laboratory.withVariants(home, List.of("on", "off", "third"), ""));

    // A switch can always be thrown.
    laboratory.replace(
        Samples.flag(
            "home",
            false,
            List.of(FlagRule.of("test", null, new RuleServing.Tested("test"))),
            Allocation.everybody("off")));
    assertThat(laboratory.decide("home", "user-1").reason()).isEqualTo(Reason.DISABLED);
  }

  @Test
  void namesWhatIsWrongWithADesign() {
    laboratory.flagTesting("home", "test");
    Design design =
        new Design(
            "",
            "",
            "nowhere",
            UnitType.USER,
            null,
            List.of(new Share("on", 4_000), new Share("on", 4_000)),
            "off",
            new LayerShare("none", 10_001),
            List.of("gone"),
            List.of(new RampStage(100, Duration.ofDays(1)), new RampStage(100, Duration.ofDays(1))),
            new AnalysisPlan(
                List.of(),
                List.of(new AnalysisPlan.Guardrail("sales", 2)),
                AnalysisPlan.DesignKind.FIXED,
                0.5,
                0.1,
                0,
                1,
                null,
                -1,
                AnalysisPlan.Breaker.PAUSE));

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> laboratory.create("test", design))
        .satisfies(
            failure ->
                assertThat(failure.violations())
                    .extracting(FieldViolation::field)
                    .containsExactlyInAnyOrder(
                        "arms",
                        "arms",
                        "control",
                        "layer.share",
                        "ramp[0].after",
                        "ramp[1].share",
                        "ramp[1].after",
                        "plan.goal_metric_keys",
                        "plan.guardrails[0].margin",
                        "plan.alpha",
                        "plan.power",
                        "plan.smallest_effect",
                        "plan.planned_units",
                        "plan.covariate_days"));
    Design lost = laboratory.heldOut("nowhere", "gone");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> laboratory.create("test", lost))
        .satisfies(
            failure ->
                assertThat(failure.violations())
                    .extracting(FieldViolation::field)
                    .containsExactly("flag_key", "holdout_keys[0]"));
  }

  @Test
  void findsCirclesOfFlags() {
    laboratory.flags.create(laboratory.ann, laboratory.waiting("a", "", ""));
    laboratory.flags.create(laboratory.ann, laboratory.waiting("b", "a", "on"));

    refused(
        io.tenure.platform.failure.Reason.INVALID_ARGUMENT,
        () -> laboratory.replace(laboratory.waiting("a", "b", "on")));
    refused(
        io.tenure.platform.failure.Reason.INVALID_ARGUMENT,
        () -> laboratory.replace(laboratory.waiting("b", "a", "blue")));
    refused(
        io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
        () -> laboratory.flags.delete(laboratory.ann, "a"));
    Flag waitedFor = laboratory.flags.get(Laboratory.PROJECT, "a").content();
    refused(
        io.tenure.platform.failure.Reason.INVALID_ARGUMENT,
        () -> laboratory.replace(laboratory.withVariants(waitedFor, List.of("blue", "off"), "")));
  }

  @Test
  void servesTheRestWhenTwoWritersMakeACircle() {
    laboratory.flagShelf.create(laboratory.ann, laboratory.waiting("a", "b", "on"));
    laboratory.flagShelf.create(laboratory.ann, laboratory.waiting("b", "a", "on"));
    laboratory.flagShelf.create(laboratory.ann, Samples.plain("c", "on"));

    FlagSet flags = laboratory.snapshots.of(Laboratory.PROJECT).flags();

    assertThat(flags.flags())
        .extracting(io.tenure.evaluator.Flag::enabled)
        .containsExactly(false, false, true);
  }

  /** Halves within five standard deviations. */
  private static void requireHalves(Map<String, Set<Integer>> byVariant, int size) {
    int spread = (int) Math.ceil(2.5 * Math.sqrt(size));
    assertThat(byVariant.get("on")).hasSizeBetween(size / 2 - spread, size / 2 + spread);
    assertThat(byVariant.get("off")).hasSizeBetween(size / 2 - spread, size / 2 + spread);
  }

  private Experiment move(String key, Move move) {
    return laboratory.move(key, move);
  }

  /** Units by the variant they get. */
  private Map<String, Set<Integer>> served(String flag) {
    return laboratory.units(flag, UNITS, _ -> true);
  }

  /** Units by the variant an experiment dealt them. */
  private Map<String, Set<Integer>> dealt(String flag) {
    return laboratory.units(flag, UNITS, outcome -> !outcome.split().isEmpty());
  }

  private static Set<Integer> units(Map<String, Set<Integer>> byVariant) {
    Set<Integer> all = new HashSet<>();
    byVariant.values().forEach(all::addAll);
    return all;
  }

  private static Set<Integer> complement(Set<Integer> units) {
    Set<Integer> rest = new HashSet<>(IntStream.range(0, UNITS).boxed().toList());
    rest.removeAll(units);
    return rest;
  }

  private static void refused(io.tenure.platform.failure.Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(call)
        .extracting(Failure::reason)
        .isEqualTo(reason);
  }
}
