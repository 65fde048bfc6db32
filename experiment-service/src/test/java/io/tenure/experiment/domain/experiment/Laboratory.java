package io.tenure.experiment.domain.experiment;

import io.tenure.condition.domain.EventSelector;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.InMemoryShelf;
import io.tenure.experiment.domain.Samples;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.Flags;
import io.tenure.experiment.domain.flag.RuleServing;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.experiment.domain.metric.Metrics;
import io.tenure.experiment.domain.serving.Configuration;
import io.tenure.experiment.domain.serving.Evaluation;
import io.tenure.experiment.domain.serving.FlagEvaluation;
import io.tenure.experiment.domain.serving.FlagSnapshots;
import io.tenure.experiment.domain.serving.InMemoryKeptVariants;
import io.tenure.experiment.domain.serving.KnownUser;
import io.tenure.experiment.domain.serving.KnownUsers;
import io.tenure.experiment.store.JsonRegistrar;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.multiplicity.Correction;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything experiments need, in memory, with two people who work there. */
final class Laboratory {

  static final ProjectId PROJECT = new ProjectId("bank");

  final Caller ann = new Caller(PROJECT, "person:ann", Caller.Role.EDITOR);
  final Caller bob = new Caller(PROJECT, "person:bob", Caller.Role.EDITOR);
  final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
  final InMemoryShelf<Flag> flagShelf = new InMemoryShelf<>();
  final FlagSnapshots snapshots;
  final Flags flags;
  final Metrics metrics;
  final Layers layers;
  final Holdouts holdouts;
  final Experiments experiments;
  private final FlagEvaluation evaluation;

  Laboratory() {
    InMemoryShelf<Experiment> experimentShelf = new InMemoryShelf<>();
    InMemoryShelf<Holdout> holdoutShelf = new InMemoryShelf<>();
    InMemoryShelf<Metric> metricShelf = new InMemoryShelf<>();
    ExperimentGuard guard = new ExperimentGuard(experimentShelf);
    this.snapshots =
        new FlagSnapshots(new Configuration(flagShelf, experimentShelf, holdoutShelf), clock);
    this.flags = new Flags(flagShelf, guard, snapshots);
    this.metrics = new Metrics(metricShelf, guard);
    this.layers = new Layers(new InMemoryShelf<>(), guard);
    this.holdouts = new Holdouts(holdoutShelf, guard, snapshots);
    this.experiments =
        new Experiments(
            experimentShelf,
            flagShelf,
            metricShelf,
            layers,
            holdouts,
            new JsonRegistrar(),
            snapshots,
            clock);
    this.evaluation =
        new FlagEvaluation(snapshots, new Nobody(), new InMemoryKeptVariants(clock), clock);
    metrics.create(
        ann,
        new Metric(
            "sales",
            "Sales",
            "",
            Direction.HIGHER_IS_BETTER,
            new MetricKind.Count(new EventSelector("buy", List.of())),
            null,
            1,
            ""));
  }

  /** A flag with one rule, which serves an experiment, and off for the others. */
  Flag flagTesting(String flag, String experiment) {
    return flags
        .create(
            ann,
            Samples.flag(
                flag,
                true,
                List.of(FlagRule.of("test", null, new RuleServing.Tested(experiment))),
                Allocation.everybody("off")))
        .content();
  }

  void replace(Flag flag) {
    flags.update(ann, flag, "");
  }

  /** A flag that waits for another, or for none. */
  Flag waiting(String key, String other, String variant) {
    Flag plain = Samples.plain(key, "on");
    return new Flag(
        key,
        "",
        "",
        true,
        UnitType.USER,
        plain.variants(),
        "off",
        List.of(),
        other.isEmpty() ? List.of() : List.of(new Prerequisite(other, Set.of(variant))),
        List.of(),
        plain.fallthrough(),
        "");
  }

  /** The same flag with other variants, whose values are their names with an ending. */
  Flag withVariants(Flag flag, List<String> names, String ending) {
    return new Flag(
        flag.key(),
        "",
        "",
        flag.enabled(),
        flag.unit(),
        names.stream()
            .map(
                name ->
                    flag.variants().stream()
                        .filter(known -> known.name().equals(name) && ending.isEmpty())
                        .findFirst()
                        .orElse(new Variant(name, Samples.truth(ending.isEmpty()))))
            .toList(),
        "off",
        flag.forced(),
        flag.prerequisites(),
        flag.rules(),
        Allocation.everybody("off"),
        "");
  }

  Design design(String flag) {
    return design(flag, List.of());
  }

  Design design(String flag, List<RampStage> ramp) {
    return design(flag, null, List.of(), ramp);
  }

  Design inLayer(String flag, String layer, int share) {
    return design(flag, new LayerShare(layer, share), List.of(), List.of());
  }

  Design heldOut(String flag, String holdout) {
    return design(flag, null, List.of(holdout), List.of());
  }

  private static Design design(
      String flag, @Nullable LayerShare layer, List<String> holdouts, List<RampStage> ramp) {
    return new Design(
        "",
        "It helps",
        flag,
        UnitType.USER,
        null,
        List.of(new Share("off", 5_000), new Share("on", 5_000)),
        "off",
        layer,
        holdouts,
        ramp,
        new AnalysisPlan(
            List.of("sales"),
            List.of(),
            AnalysisPlan.DesignKind.GROUP_SEQUENTIAL,
            0.05,
            0.8,
            0.02,
            10_000,
            Correction.HOLM,
            0,
            AnalysisPlan.Breaker.PAUSE));
  }

  void create(String key, Design design) {
    if (flagShelf.find(PROJECT, design.flag()).isEmpty() && !design.flag().equals("nowhere")) {
      flagTesting(design.flag(), key);
    }
    experiments.create(ann, key, design);
  }

  /** Brings a draft before its start. */
  void approve(String flag, String key) {
    if (flagShelf.find(PROJECT, flag).isEmpty()) {
      flagTesting(flag, key);
    }
    move(key, new Move.Submit());
    asBob(key, new Move.Approve());
  }

  /** From nothing to a running experiment. */
  void run(String flag, String key, Design design) {
    create(key, design);
    approve(flag, key);
    move(key, new Move.Start());
  }

  Experiment move(String key, Move move) {
    return experiments.move(ann, key, move, "", "").content();
  }

  Experiment asBob(String key, Move move) {
    return experiments.move(bob, key, move, "", "").content();
  }

  void redesignAsBob(String key, Design design) {
    experiments.update(bob, key, design, "");
  }

  Experiment experiment(String key) {
    return experiments.get(PROJECT, key).content();
  }

  Layer layer(String key) {
    return layers.get(PROJECT, key).content();
  }

  Outcome decide(String flag, String user) {
    return decide(flag, user, Map.of());
  }

  Outcome decide(String flag, String user, Map<String, Value> context) {
    return evaluate(flag, user, context).outcome();
  }

  Evaluation evaluate(String flag, String user, Map<String, Value> context) {
    return evaluation.evaluate(PROJECT, flag, user, context);
  }

  /** Numbers of users by the variant they get. */
  Map<String, Set<Integer>> units(String flag, int count, Predicate<Outcome> which) {
    Map<String, Set<Integer>> units = new HashMap<>();
    for (int number = 0; number < count; number++) {
      Outcome outcome = decide(flag, "user-" + number);
      if (which.test(outcome)) {
        units.computeIfAbsent(outcome.variant(), _ -> new HashSet<>()).add(number);
      }
    }
    return units;
  }

  private static final class Nobody implements KnownUsers {
    @Override
    public Optional<KnownUser> find(String id) {
      return Optional.empty();
    }

    @Override
    public Set<String> segmentsOf(KnownUser user) {
      return Set.of();
    }
  }
}
