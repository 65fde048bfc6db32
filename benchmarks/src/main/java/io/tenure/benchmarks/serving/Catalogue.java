package io.tenure.benchmarks.serving;

import com.google.protobuf.Duration;
import com.google.protobuf.Value;
import io.grpc.Channel;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.Conditions;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.TraitCondition;
import io.tenure.proto.experiment.v1.Allocation;
import io.tenure.proto.experiment.v1.AnalysisPlan;
import io.tenure.proto.experiment.v1.CreateExperimentRequest;
import io.tenure.proto.experiment.v1.CreateFlagRequest;
import io.tenure.proto.experiment.v1.CreateHoldoutRequest;
import io.tenure.proto.experiment.v1.CreateLayerRequest;
import io.tenure.proto.experiment.v1.CreateMetricRequest;
import io.tenure.proto.experiment.v1.Experiment;
import io.tenure.proto.experiment.v1.ExperimentServiceGrpc;
import io.tenure.proto.experiment.v1.Flag;
import io.tenure.proto.experiment.v1.FlagRule;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.Holdout;
import io.tenure.proto.experiment.v1.Layer;
import io.tenure.proto.experiment.v1.LayerServiceGrpc;
import io.tenure.proto.experiment.v1.LayerShare;
import io.tenure.proto.experiment.v1.Metric;
import io.tenure.proto.experiment.v1.MetricDirection;
import io.tenure.proto.experiment.v1.MetricServiceGrpc;
import io.tenure.proto.experiment.v1.MoveExperimentRequest;
import io.tenure.proto.experiment.v1.RampStage;
import io.tenure.proto.experiment.v1.Share;
import io.tenure.proto.experiment.v1.UpdateFlagRequest;
import io.tenure.proto.experiment.v1.Variant;
import java.util.List;

/** The flags and experiments that are served, made by the second replica. */
final class Catalogue {

  /** The experiment whose units are compared, and its flag. */
  static final String COMPARED = "compared";

  /** The flag that is changed again and again. */
  static final String WATCHED = "watched";

  private static final String METRIC = "sales";
  private static final String LAYER = "screens";
  private static final String HOLDOUT = "global";
  private static final List<String> VARIANTS = List.of("a", "b", "c");

  private final Platform platform;
  private final Channel channel;

  Catalogue(Platform platform) {
    this.platform = platform;
    this.channel = platform.channel();
  }

  /**
   * Makes so many flags: of ten, five have no rule, four have two conditions and a split in three,
   * and one has an experiment.
   */
  void many(int flags) {
    metric();
    create(watched(0));
    for (int number = 1; number < flags; number++) {
      String key = String.format("flag-%03d", number);
      switch (number % 10) {
        case 0 -> run(experiment(key).build());
        case 1, 3, 5, 7 -> create(targeted(key));
        default -> create(flag(key).build());
      }
    }
  }

  /** One variant for everybody, which depends on the number. */
  static Flag watched(int number) {
    return flag(WATCHED).setFallthrough(everybody(VARIANTS.get(number % VARIANTS.size()))).build();
  }

  /** The variant of {@link #watched}. */
  static String variant(int number) {
    return VARIANTS.get(number % VARIANTS.size());
  }

  /** Changes {@link #WATCHED} at the second replica. */
  void change(int number) {
    UpdateFlagRequest request = UpdateFlagRequest.newBuilder().setFlag(watched(number)).build();
    var unused =
        platform.as("ann", () -> FlagServiceGrpc.newBlockingStub(channel).updateFlag(request));
  }

  /** Makes the experiment with every gate: a hold-out, a part of a layer, a ramp, three arms. */
  void compared() {
    metric();
    var layers = LayerServiceGrpc.newBlockingStub(channel);
    CreateLayerRequest layer =
        CreateLayerRequest.newBuilder().setLayer(Layer.newBuilder().setKey(LAYER)).build();
    var unusedLayer = platform.as("ann", () -> layers.createLayer(layer));
    CreateHoldoutRequest holdout =
        CreateHoldoutRequest.newBuilder()
            .setHoldout(Holdout.newBuilder().setKey(HOLDOUT).setShare(500))
            .build();
    var unusedHoldout = platform.as("ann", () -> layers.createHoldout(holdout));
    run(experiment("neighbour").setLayer(part(1_500)).build());
    run(
        experiment(COMPARED)
            .setLayer(part(7_000))
            .addHoldoutKeys(HOLDOUT)
            .addRamp(RampStage.newBuilder().setShare(6_000))
            .addRamp(
                RampStage.newBuilder()
                    .setShare(10_000)
                    .setAfter(Duration.newBuilder().setSeconds(864_000)))
            .build());
  }

  private static LayerShare part(int share) {
    return LayerShare.newBuilder().setLayerKey(LAYER).setShare(share).build();
  }

  private void metric() {
    Metric metric =
        Metric.newBuilder()
            .setKey(METRIC)
            .setDirection(MetricDirection.METRIC_DIRECTION_HIGHER_IS_BETTER)
            .setConversion(
                Metric.Conversion.newBuilder()
                    .setSelector(EventSelector.newBuilder().setName("buy")))
            .build();
    var unused =
        platform.as(
            "ann",
            () ->
                MetricServiceGrpc.newBlockingStub(channel)
                    .createMetric(CreateMetricRequest.newBuilder().setMetric(metric).build()));
  }

  private void create(Flag flag) {
    CreateFlagRequest request = CreateFlagRequest.newBuilder().setFlag(flag).build();
    var unused =
        platform.as("ann", () -> FlagServiceGrpc.newBlockingStub(channel).createFlag(request));
  }

  /** From nothing to a running experiment, with its flag. */
  private void run(Experiment experiment) {
    create(
        flag(experiment.getFlagKey())
            .addRules(FlagRule.newBuilder().setName("test").setExperiment(experiment.getKey()))
            .build());
    var experiments = ExperimentServiceGrpc.newBlockingStub(channel);
    CreateExperimentRequest request =
        CreateExperimentRequest.newBuilder().setExperiment(experiment).build();
    var unused = platform.as("ann", () -> experiments.createExperiment(request));
    move("ann", move(experiment).setSubmit(MoveExperimentRequest.Submit.getDefaultInstance()));
    move("bob", move(experiment).setApprove(MoveExperimentRequest.Approve.getDefaultInstance()));
    move("ann", move(experiment).setStart(MoveExperimentRequest.Start.getDefaultInstance()));
  }

  private static MoveExperimentRequest.Builder move(Experiment experiment) {
    return MoveExperimentRequest.newBuilder().setKey(experiment.getKey());
  }

  private void move(String who, MoveExperimentRequest.Builder request) {
    var unused =
        platform.as(
            who,
            () -> ExperimentServiceGrpc.newBlockingStub(channel).moveExperiment(request.build()));
  }

  private static Experiment.Builder experiment(String key) {
    return Experiment.newBuilder()
        .setKey(key)
        .setHypothesis("It is better")
        .setFlagKey(key)
        .addAllArms(thirds().getSharesList())
        .setControl(VARIANTS.getFirst())
        .setPlan(
            AnalysisPlan.newBuilder()
                .addGoalMetricKeys(METRIC)
                .setSmallestEffect(0.02)
                .setPlannedUnits(100_000));
  }

  private static Flag targeted(String key) {
    Conditions.Builder both =
        Conditions.newBuilder()
            .addConditions(
                trait("age", Operator.OPERATOR_LESS, Value.newBuilder().setNumberValue(30).build()))
            .addConditions(
                trait(
                    "city",
                    Operator.OPERATOR_EQUAL,
                    Value.newBuilder().setStringValue("上海").build()));
    return flag(key)
        .addRules(
            FlagRule.newBuilder()
                .setName("young")
                .setCondition(Condition.newBuilder().setAll(both))
                .setAllocation(thirds()))
        .build();
  }

  private static Condition trait(String name, Operator operator, Value value) {
    return Condition.newBuilder()
        .setTrait(TraitCondition.newBuilder().setName(name).setOperator(operator).addValues(value))
        .build();
  }

  private static Allocation thirds() {
    return Allocation.newBuilder()
        .addShares(share("a", 3_333))
        .addShares(share("b", 3_333))
        .addShares(share("c", 3_334))
        .build();
  }

  private static Allocation everybody(String variant) {
    return Allocation.newBuilder().addShares(share(variant, 10_000)).build();
  }

  private static Share share(String variant, int weight) {
    return Share.newBuilder().setVariant(variant).setWeight(weight).build();
  }

  private static Flag.Builder flag(String key) {
    Flag.Builder flag =
        Flag.newBuilder()
            .setKey(key)
            .setEnabled(true)
            .setOffVariant(VARIANTS.getFirst())
            .setFallthrough(everybody(VARIANTS.getFirst()));
    for (String name : VARIANTS) {
      flag.addVariants(
          Variant.newBuilder()
              .setName(name)
              .setValue(Value.newBuilder().setStringValue("value-" + name)));
    }
    return flag;
  }
}
