package io.tenure.experiment.domain.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Flag;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Shares;
import io.tenure.evaluator.Stickiness;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every reason there is. */
final class AssignerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ProjectId PROJECT = new ProjectId("bank");
  private static final Condition VIP =
      new Condition.Trait(
          "vip",
          new Comparison(Operator.EQUAL, List.of(new io.tenure.condition.domain.Value.Flag(true))));

  @Test
  void dealsAnArmWithItsBucket() {
    Assignment assigned = assigner(rule(List.of()), List.of()).assign(candidate("ann", Map.of()));

    assertThat(assigned.reason()).isEqualTo(AssignmentReason.ARM);
    assertThat(assigned.bucket()).isEqualTo(dealing("arm").bucket("ann"));
    assertThat(assigned.variant())
        .isEqualTo(dealing("arm").bucket("ann") < Hashing.BUCKETS / 2 ? "off" : "on");
    assertThat(assigned.degraded()).isFalse();
  }

  @Test
  void namesTheGateThatWasNotPassed() {
    Place all = new Place(dealing("gate"), List.of(Shares.first(10_000, Hashing.BUCKETS)));
    Place none = new Place(dealing("gate"), List.of());
    long bucket = dealing("gate").bucket("ann");

    assertThat(at(new Gate.Holdout("global", all)))
        .isEqualTo(new Assignment(AssignmentReason.HELD_OUT, "", bucket, "global", false));
    assertThat(at(new Gate.Layer("home", none)))
        .isEqualTo(new Assignment(AssignmentReason.NOT_IN_LAYER, "", bucket, "home", false));
    assertThat(at(Gate.Enrolment.of(dealing("gate"), 0)))
        .isEqualTo(new Assignment(AssignmentReason.NOT_ENROLLED, "", bucket, "", false));
  }

  @Test
  void tellsAnAudienceFromAGate() {
    Rule rule = Rule.of("test", VIP, split(UnitType.USER, List.of()));

    Assigner assigner = assigner(rule, List.of());

    assertThat(assigner.assign(candidate("ann", Map.of("vip", new Value.Truth(false)))).reason())
        .isEqualTo(AssignmentReason.NOT_IN_AUDIENCE);
    assertThat(assigner.assign(candidate("ann", Map.of("vip", new Value.Truth(true)))).reason())
        .isEqualTo(AssignmentReason.ARM);
    assertThat(assigner.assign(candidate("ann", Map.of())).degraded()).isTrue();
  }

  @Test
  void missesTheUnit() {
    Rule rule = Rule.of("test", null, split(UnitType.DEVICE, List.of()));

    Assigner assigner = assigner(rule, List.of());

    assertThat(
            assigner.assign(candidate("ann", Map.of("device_id", new Value.Text("d1")))).reason())
        .isEqualTo(AssignmentReason.ARM);
    assertThat(
            assigner
                .assign(candidate("ann", Map.of("device_id", new Value.Numeric(1), "x", none())))
                .reason())
        .isEqualTo(AssignmentReason.NO_UNIT);
  }

  @Test
  void saysWhenTheFlagDidNotAsk() {
    Rule experiment = rule(List.of());
    Rule late =
        new Rule("test", new Schedule(Instant.MIN, NOW), List.of(), null, experiment.serving());
    Rule before = Rule.of("before", VIP, new Serving.Fixed("on"));
    Rule after = Rule.of("after", null, new Serving.Fixed("on"));
    Map<String, Value> vip = Map.of("vip", new Value.Truth(true));

    assertThat(assigner(late, List.of()).assign(candidate("ann", Map.of())).reason())
        .isEqualTo(AssignmentReason.NOT_REACHED);
    assertThat(
            assigner(experiment, List.of(before, experiment))
                .assign(candidate("ann", vip))
                .reason())
        .isEqualTo(AssignmentReason.NOT_REACHED);
    assertThat(
            assigner(experiment, List.of(before, experiment))
                .assign(candidate("a", Map.of()))
                .reason())
        .isEqualTo(AssignmentReason.ARM);
    assertThat(
            assigner(rule(List.of(Gate.Enrolment.of(dealing("gate"), 0))), List.of(after))
                .assign(candidate("ann", Map.of()))
                .reason())
        .isEqualTo(AssignmentReason.NOT_REACHED);
    assertThat(assigner(experiment, List.of()).assign(candidate("tester", Map.of())).reason())
        .isEqualTo(AssignmentReason.NOT_REACHED);
  }

  /** The rule after it holds for everybody and must not be taken for the experiment's. */
  @Test
  void listensToItsOwnRuleAlone() {
    Rule experiment = rule(List.of(Gate.Enrolment.of(dealing("gate"), 0)));
    Rule after = Rule.of("after", VIP, new Serving.Fixed("on"));

    assertThat(
            assigner(experiment, List.of(experiment, after))
                .assign(candidate("ann", Map.of("vip", none())))
                .reason())
        .isEqualTo(AssignmentReason.NOT_ENROLLED);
  }

  @Test
  void assignsWhatWasKept() {
    InMemoryKeptVariants variants = new InMemoryKeptVariants(Clock.systemUTC());
    variants.put(PROJECT, user("kept-on"), "e#1", new Kept("on", 2));
    variants.put(PROJECT, user("kept-off"), "e#1", new Kept("off", 2));
    variants.put(PROJECT, user("old"), "e#1", new Kept("on", 1));
    Assigner assigner = sticky(variants);

    List<Assignment> assigned =
        assigner.assign(
            List.of(
                candidate("kept-on", Map.of()),
                candidate("old", Map.of()),
                candidate("new", Map.of()),
                candidate("kept-off", Map.of())));

    assertThat(assigned)
        .containsExactly(
            new Assignment(AssignmentReason.ARM, "on", null, "", false),
            new Assignment(AssignmentReason.DEALT_BEFORE, "", null, "", false),
            new Assignment(AssignmentReason.ARM, "off", dealing("arm").bucket("new"), "", false),
            new Assignment(AssignmentReason.ARM, "off", null, "", false));
    assertThat(variants.reads()).isEqualTo(1);
    assertThat(variants.renewals()).isZero();
    assertThat(variants.writes()).isZero();
    assertThat(variants.of(PROJECT, user("new"))).isEmpty();
  }

  @Test
  void assignsByBucketWhileWhatWasKeptIsAway() {
    InMemoryKeptVariants variants = new InMemoryKeptVariants(Clock.systemUTC());
    variants.put(PROJECT, user("kept-on"), "e#1", new Kept("on", 2));
    variants.answering(false, false);

    Assignment assigned = sticky(variants).assign(candidate("kept-on", Map.of()));

    assertThat(assigned.variant()).isEqualTo("off");
    assertThat(assigned.degraded()).isTrue();
  }

  /** Off for everybody who is new. */
  private static Assigner sticky(KeptVariants variants) {
    Serving.Split split =
        Serving.Split.of(
            "e#1",
            dealing("arm"),
            List.of(),
            List.of("off", "on"),
            List.of(10_000, 0),
            new Stickiness(2, 2));
    return assigner(
        Rule.of("test", null, split),
        List.of(),
        new KeptScope(variants, PROJECT, Set.of(UnitType.USER), false));
  }

  private static Unit user(String id) {
    return new Unit(UnitType.USER, id);
  }

  private static Assigner.Candidate candidate(String unit, Map<String, Value> context) {
    return new Assigner.Candidate(unit, context);
  }

  private static Assignment at(Gate gate) {
    return assigner(rule(List.of(gate)), List.of()).assign(candidate("ann", Map.of()));
  }

  private static Value none() {
    return new Value.Nothing();
  }

  private static Rule rule(List<Gate> gates) {
    return Rule.of("test", null, split(UnitType.USER, gates));
  }

  private static Serving.Split split(UnitType unit, List<Gate> gates) {
    return Serving.Split.of(
        "e#1", Dealing.of(unit, "arm"), gates, List.of("off", "on"), List.of(5_000, 5_000), null);
  }

  private static Dealing dealing(String salt) {
    return Dealing.of(UnitType.USER, salt);
  }

  /**
   * An assigner to the experiment of a rule.
   *
   * @param rules of the flag; none means that rule alone
   */
  private static Assigner assigner(Rule rule, List<Rule> rules) {
    return assigner(
        rule,
        rules,
        new KeptScope(new InMemoryKeptVariants(Clock.systemUTC()), PROJECT, Set.of(), false));
  }

  private static Assigner assigner(Rule rule, List<Rule> rules, KeptScope scope) {
    Flag flag =
        new Flag(
            "f",
            true,
            List.of(
                new Variant("off", new Value.Truth(false)),
                new Variant("on", new Value.Truth(true))),
            "off",
            List.of(new Forced(UnitType.USER, Map.of("tester", "on"))),
            List.of(),
            rules.isEmpty() ? List.of(rule) : rules,
            new Serving.Fixed("off"));
    return new Assigner(
        FlagSet.of(List.of(flag)),
        new Tested(1, flag, rule, (Serving.Split) rule.serving()),
        new Away(),
        scope,
        NOW);
  }

  private static final class Away implements KnownUsers {
    @Override
    public Optional<KnownUser> find(String id) {
      throw Failure.of(Reason.UNAVAILABLE, "away");
    }

    @Override
    public Set<String> segmentsOf(KnownUser user) {
      return Set.of();
    }
  }
}
