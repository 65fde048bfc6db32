package io.tenure.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.Value;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.evaluator.v1.Forced;
import io.tenure.proto.evaluator.v1.Prerequisite;
import io.tenure.proto.evaluator.v1.Split;
import io.tenure.proto.evaluator.v1.UnitType;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.CollectResponse;
import io.tenure.proto.event.v1.CollectorServiceGrpc;
import io.tenure.proto.event.v1.EventOutcome;
import io.tenure.proto.event.v1.NewEvent;
import io.tenure.proto.experiment.v1.Allocation;
import io.tenure.proto.experiment.v1.AnalysisPlan;
import io.tenure.proto.experiment.v1.CreateExperimentRequest;
import io.tenure.proto.experiment.v1.CreateFlagRequest;
import io.tenure.proto.experiment.v1.CreateHoldoutRequest;
import io.tenure.proto.experiment.v1.CreateLayerRequest;
import io.tenure.proto.experiment.v1.CreateMetricRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsResponse;
import io.tenure.proto.experiment.v1.Evaluation;
import io.tenure.proto.experiment.v1.Experiment;
import io.tenure.proto.experiment.v1.ExperimentChange;
import io.tenure.proto.experiment.v1.ExperimentServiceGrpc;
import io.tenure.proto.experiment.v1.ExperimentState;
import io.tenure.proto.experiment.v1.ExplainFlagRequest;
import io.tenure.proto.experiment.v1.Exposure;
import io.tenure.proto.experiment.v1.ExposureOutcome;
import io.tenure.proto.experiment.v1.ExposureServiceGrpc;
import io.tenure.proto.experiment.v1.Flag;
import io.tenure.proto.experiment.v1.FlagRule;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.GateKind;
import io.tenure.proto.experiment.v1.GetExperimentRequest;
import io.tenure.proto.experiment.v1.GetFlagRequest;
import io.tenure.proto.experiment.v1.GetLayerRequest;
import io.tenure.proto.experiment.v1.Holdout;
import io.tenure.proto.experiment.v1.ImportFlagsRequest;
import io.tenure.proto.experiment.v1.ImportFlagsResponse;
import io.tenure.proto.experiment.v1.ImportFormat;
import io.tenure.proto.experiment.v1.ImportRefusal;
import io.tenure.proto.experiment.v1.Layer;
import io.tenure.proto.experiment.v1.LayerServiceGrpc;
import io.tenure.proto.experiment.v1.LayerShare;
import io.tenure.proto.experiment.v1.ListExperimentChangesRequest;
import io.tenure.proto.experiment.v1.ListMetricsRequest;
import io.tenure.proto.experiment.v1.Metric;
import io.tenure.proto.experiment.v1.MetricDirection;
import io.tenure.proto.experiment.v1.MetricServiceGrpc;
import io.tenure.proto.experiment.v1.MoveExperimentRequest;
import io.tenure.proto.experiment.v1.Participation;
import io.tenure.proto.experiment.v1.RampStage;
import io.tenure.proto.experiment.v1.Reason;
import io.tenure.proto.experiment.v1.RecordExposuresRequest;
import io.tenure.proto.experiment.v1.RecordExposuresResponse;
import io.tenure.proto.experiment.v1.Share;
import io.tenure.proto.experiment.v1.Step;
import io.tenure.proto.experiment.v1.StreamFlagsRequest;
import io.tenure.proto.experiment.v1.StreamFlagsResponse;
import io.tenure.proto.experiment.v1.Variant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Experiments and what belongs to them, by the doors of the whole service on real stores. */
final class ExperimentServicesTest {

  private static final String NAME = "experiments-" + UUID.randomUUID();

  private static final AtomicReference<@Nullable CollectRequest> COLLECTED =
      new AtomicReference<>();

  private static ConfigurableApplicationContext application;
  private static ManagedChannel channel;
  private static Server collector;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private final Caller ann = new Caller(project, "person:ann", Role.EDITOR);
  private final Caller bob = new Caller(project, "person:bob", Role.EDITOR);

  @BeforeAll
  static void start() throws Exception {
    collector =
        InProcessServerBuilder.forName("collector-" + NAME)
            .addService(new Collector())
            .intercept(new CallerPropagation())
            .build()
            .start();
    application =
        ServiceRunner.service(ExperimentApplication.class, ExperimentApplication.NAME)
            .run(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.grpc.server.address=127.0.0.1",
                "--spring.grpc.server.port=0",
                "--spring.grpc.server.inprocess.name=" + NAME,
                "--tenure.clients.event-collector=in-process:collector-" + NAME,
                "--tenure.clients.profile-service=in-process:none-" + NAME,
                "--tenure.clients.segment-service=in-process:none-" + NAME,
                "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
                "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
                "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
                "--tenure.clickhouse.database=" + TestStores.freshDatabase("experiments"),
                "--tenure.redis.url=" + TestStores.redisUrl());
    channel = InProcessChannelBuilder.forName(NAME).intercept(new CallerPropagation()).build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    application.close();
    collector.shutdownNow();
  }

  @Test
  void runsAnExperimentFromItsDraftToItsDecision() throws Exception {
    create(testing("home", "home-test"));
    createMetric();
    as(ann, () -> layers().createLayer(CreateLayerRequest.newBuilder().setLayer(layer()).build()));
    as(
        ann,
        () ->
            layers()
                .createHoldout(
                    CreateHoldoutRequest.newBuilder()
                        .setHoldout(Holdout.newBuilder().setKey("global").setShare(500))
                        .build()));
    Experiment draft = create(experiment("home-test", "home"));
    assertThat(draft.getState()).isEqualTo(ExperimentState.EXPERIMENT_STATE_DRAFT);
    assertThat(draft.getPlan().getAlpha()).isEqualTo(0.05);

    move(ann, "home-test", move -> move.getSubmitBuilder());
    fails(
        Status.Code.PERMISSION_DENIED,
        () -> move(ann, "home-test", move -> move.getApproveBuilder()));
    move(bob, "home-test", move -> move.getApproveBuilder());
    Experiment running = move(ann, "home-test", move -> move.getStartBuilder());

    assertThat(running.getState()).isEqualTo(ExperimentState.EXPERIMENT_STATE_RAMPING);
    assertThat(running.getRuns(0).getCurrentShare()).isEqualTo(1_000);
    assertThat(running.getRuns(0).getLayerParts(0).getTo()).isEqualTo(5_000);
    String registration = running.getRuns(0).getRegistration();
    assertThat(registration).contains("\"key\":\"home-test\"").contains("\"smallest_effect\":0.02");
    assertThat(running.getRuns(0).getRegistrationSha256())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(registration.getBytes(StandardCharsets.UTF_8))));
    Layer owned =
        as(ann, () -> layers().getLayer(GetLayerRequest.newBuilder().setKey("screens").build()))
            .getLayer();
    assertThat(owned.getFreeShare()).isEqualTo(5_000);

    List<Step> steps = explain("home", "user-1");
    assertThat(steps)
        .extracting(step -> step.getGated().getGate())
        .contains(GateKind.GATE_KIND_HOLDOUT);
    assertThat(steps.getFirst().getMatched().getHolds()).isTrue();

    move(ann, "home-test", move -> move.getRampBuilder().setShare(10_000));
    move(ann, "home-test", move -> move.getStopBuilder());
    move(ann, "home-test", move -> move.getDecideBuilder().setVariant("on"));
    Experiment decided = get("home-test");
    assertThat(decided.getState()).isEqualTo(ExperimentState.EXPERIMENT_STATE_DECIDED);
    assertThat(decided.getRuns(0).getDecidedVariant()).isEqualTo("on");
    assertThat(decided.getRuns(0).hasStopTime()).isTrue();
    assertThat(
            as(
                    ann,
                    () ->
                        experiments()
                            .listExperimentChanges(
                                ListExperimentChangesRequest.newBuilder()
                                    .setKey("home-test")
                                    .build()))
                .getChangesList())
        .extracting(ExperimentChange::getAction)
        .containsExactly("create", "submit", "approve", "start", "ramp", "stop", "decide");
  }

  @Test
  void recordsWhoSawWhat() {
    create(testing("home", "home-test"));
    createMetric();
    create(plain("home-test", "home"));
    move(ann, "home-test", move -> move.getSubmitBuilder());
    move(bob, "home-test", move -> move.getApproveBuilder());
    move(ann, "home-test", move -> move.getStartBuilder());
    Evaluation evaluation = evaluate("home", "user-1");
    assertThat(evaluation.getExperiment()).isEqualTo("home-test");
    assertThat(evaluation.getParticipation())
        .isEqualTo(
            Participation.newBuilder()
                .setExperiment("home-test")
                .setPhase(1)
                .setUnitType(UnitType.UNIT_TYPE_USER)
                .setUnit("user-1")
                .setControl("off")
                .setDealt(true)
                .build());

    RecordExposuresResponse response =
        as(
            new Caller(project, "key:1", Role.WRITER),
            () ->
                ExposureServiceGrpc.newBlockingStub(channel)
                    .recordExposures(
                        RecordExposuresRequest.newBuilder()
                            .addExposures(exposure(evaluation.getExposureToken()))
                            .addExposures(exposure("made up"))
                            .build()));

    assertThat(response.getOutcomesList())
        .extracting(ExposureOutcome::getResult)
        .containsExactly(
            ExposureOutcome.Result.RESULT_ACCEPTED, ExposureOutcome.Result.RESULT_REFUSED);
    NewEvent event = Objects.requireNonNull(COLLECTED.get()).getEvents(0);
    assertThat(Objects.requireNonNull(COLLECTED.get()).getEventsCount()).isEqualTo(1);
    assertThat(event.getName()).isEqualTo("experiment_exposure");
    assertThat(event.getLoginId()).isEqualTo("user-1");
    assertThat(event.getPropertiesOrThrow("variant").getText()).isEqualTo(evaluation.getVariant());
    assertThat(event.getPropertiesOrThrow("phase").getInteger()).isEqualTo(1);
  }

  private static Exposure exposure(String token) {
    return Exposure.newBuilder().setToken(token).build();
  }

  /** Takes everything. */
  private static final class Collector extends CollectorServiceGrpc.CollectorServiceImplBase {
    @Override
    public void collect(CollectRequest request, StreamObserver<CollectResponse> observer) {
      COLLECTED.set(request);
      CollectResponse.Builder response = CollectResponse.newBuilder();
      request
          .getEventsList()
          .forEach(
              _ ->
                  response.addOutcomes(
                      EventOutcome.newBuilder().setResult(EventOutcome.Result.RESULT_ACCEPTED)));
      observer.onNext(response.build());
      observer.onCompleted();
    }
  }

  @Test
  void refusesAStaleMove() {
    create(testing("home", "home-test"));
    createMetric();
    Experiment draft = create(plain("home-test", "home"));
    move(ann, "home-test", move -> move.getSubmitBuilder());

    fails(
        Status.Code.ABORTED,
        () -> move(bob, "home-test", move -> move.setEtag(draft.getEtag()).getApproveBuilder()));
    fails(Status.Code.INVALID_ARGUMENT, () -> move(bob, "home-test", move -> move.setComment("?")));
  }

  @Test
  void keepsEveryPartOfAFlag() {
    create(flag("base").build());
    Flag created =
        create(
            flag("full")
                .addForced(Forced.newBuilder().putVariants("ann", "on"))
                .addPrerequisites(Prerequisite.newBuilder().setFlagKey("base").addVariants("off"))
                .addRules(FlagRule.newBuilder().setName("imported").setSplit(imported()))
                .build());

    assertThat(
            as(ann, () -> flags().getFlag(GetFlagRequest.newBuilder().setKey("full").build()))
                .getFlag())
        .isEqualTo(created);
    assertThat(created.getRules(0).getSplit()).isEqualTo(imported());
    assertThat(evaluate("full", "ann").getReason()).isEqualTo(Reason.REASON_TARGETING_MATCH);
    assertThat(evaluate("full", "bob").getReason()).isEqualTo(Reason.REASON_SPLIT);
  }

  @Test
  void saysWhatTheCallerHasAlready() {
    create(flag("a").build());
    EvaluateFlagsResponse first = evaluateAll("");

    assertThat(evaluateAll(first.getEtag()).getNotModified()).isTrue();
    assertThat(evaluateAll(first.getEtag()).getEvaluationsList()).isEmpty();
    create(flag("b").build());
    assertThat(evaluateAll(first.getEtag()).getEvaluationsList()).hasSize(2);
  }

  @Test
  void streamsChanges() {
    create(flag("a").build());
    Iterator<StreamFlagsResponse> changes =
        as(ann, () -> flags().streamFlags(StreamFlagsRequest.getDefaultInstance()));
    StreamFlagsResponse all = changes.next();
    create(flag("b").build());
    StreamFlagsResponse change = changes.next();

    assertThat(all.getComplete()).isTrue();
    assertThat(all.getFlagsList())
        .extracting(io.tenure.proto.evaluator.v1.Flag::getKey)
        .containsExactly("a");
    assertThat(change.getComplete()).isFalse();
    assertThat(change.getFlagsList())
        .extracting(io.tenure.proto.evaluator.v1.Flag::getKey)
        .containsExactly("b");
    assertThat(change.getVersion()).isNotEqualTo(all.getVersion());
    assertThat(evaluateAll("").getVersion()).isEqualTo(change.getVersion());
    fails(
        Status.Code.PERMISSION_DENIED,
        () ->
            as(
                    new Caller(project, "key:1", Role.WRITER),
                    () -> flags().streamFlags(StreamFlagsRequest.getDefaultInstance()))
                .next());
  }

  @Test
  void importsWhatCanBeKeptExactly() {
    create(flag("taken").build());
    String payload =
        """
        {"features": {
          "taken": {"defaultValue": true},
          "child": {"defaultValue": 1, "rules": [
            {"parentConditions": [{"id": "parent", "condition": {"value": true}, "gate": true}], "force": 2}]},
          "parent": {"defaultValue": false, "rules": [
            {"key": "exp", "variations": [false, true], "weights": [0.5, 0.5], "hashAttribute": "id", "hashVersion": 2}]},
          "versions": {"defaultValue": 1, "rules": [{"condition": {"v": {"$vgt": "1.0"}}, "force": 2}]}}}
        """;

    ImportFlagsResponse preview = imported(payload, true);
    assertThat(preview.getFlagsList())
        .extracting(Flag::getKey)
        .containsExactlyInAnyOrder("child", "parent");
    assertThat(evaluateAll("").getEvaluationsList()).hasSize(1);

    ImportFlagsResponse done = imported(payload, false);
    assertThat(done.getFlagsList()).extracting(Flag::getKey).containsExactly("parent", "child");
    assertThat(done.getRefusalsList())
        .extracting(ImportRefusal::getFlagKey)
        .containsExactlyInAnyOrder("taken", "versions");
    assertThat(done.getRefusalsList()).allSatisfy(one -> assertThat(one.getReason()).isNotEmpty());
    assertThat(evaluateAll("").getEvaluationsList()).hasSize(3);
    assertThat(evaluate("parent", "user-1").getReason()).isEqualTo(Reason.REASON_SPLIT);
    fails(Status.Code.INVALID_ARGUMENT, () -> imported("{", true));
  }

  private ImportFlagsResponse imported(String document, boolean dryRun) {
    return as(
        ann,
        () ->
            flags()
                .importFlags(
                    ImportFlagsRequest.newBuilder()
                        .setFormat(ImportFormat.IMPORT_FORMAT_GROWTHBOOK)
                        .setDocument(document)
                        .setDryRun(dryRun)
                        .build()));
  }

  @Test
  void keepsMetricsOfEveryKind() {
    Metric metric = createMetric();

    assertThat(
            as(ann, () -> metrics().listMetrics(ListMetricsRequest.getDefaultInstance()))
                .getMetricsList())
        .containsExactly(metric);
    fails(
        Status.Code.INVALID_ARGUMENT,
        () ->
            as(
                ann,
                () ->
                    metrics()
                        .createMetric(
                            CreateMetricRequest.newBuilder()
                                .setMetric(metric.toBuilder().setKey("other").setCurrency("???"))
                                .build())));
  }

  private static FlagServiceGrpc.FlagServiceBlockingStub flags() {
    return FlagServiceGrpc.newBlockingStub(channel);
  }

  private static ExperimentServiceGrpc.ExperimentServiceBlockingStub experiments() {
    return ExperimentServiceGrpc.newBlockingStub(channel);
  }

  private static LayerServiceGrpc.LayerServiceBlockingStub layers() {
    return LayerServiceGrpc.newBlockingStub(channel);
  }

  private static MetricServiceGrpc.MetricServiceBlockingStub metrics() {
    return MetricServiceGrpc.newBlockingStub(channel);
  }

  private Metric createMetric() {
    Metric metric =
        Metric.newBuilder()
            .setKey("transfers")
            .setDirection(MetricDirection.METRIC_DIRECTION_HIGHER_IS_BETTER)
            .setSum(
                Metric.Sum.newBuilder()
                    .setSelector(EventSelector.newBuilder().setName("transfer"))
                    .setProperty("amount"))
            .setWindow(Duration.newBuilder().setSeconds(86_400))
            .setCapQuantile(0.99)
            .setCurrency("CNY")
            .build();
    return as(
            ann,
            () ->
                metrics().createMetric(CreateMetricRequest.newBuilder().setMetric(metric).build()))
        .getMetric();
  }

  private Flag create(Flag flag) {
    return as(ann, () -> flags().createFlag(CreateFlagRequest.newBuilder().setFlag(flag).build()))
        .getFlag();
  }

  private Experiment create(Experiment experiment) {
    return as(
            ann,
            () ->
                experiments()
                    .createExperiment(
                        CreateExperimentRequest.newBuilder().setExperiment(experiment).build()))
        .getExperiment();
  }

  private Experiment get(String key) {
    return as(
            ann,
            () ->
                experiments().getExperiment(GetExperimentRequest.newBuilder().setKey(key).build()))
        .getExperiment();
  }

  private interface Choice {
    Object in(MoveExperimentRequest.Builder request);
  }

  private Experiment move(Caller who, String key, Choice choice) {
    MoveExperimentRequest.Builder request = MoveExperimentRequest.newBuilder().setKey(key);
    choice.in(request);
    return as(who, () -> experiments().moveExperiment(request.build())).getExperiment();
  }

  private List<Step> explain(String flag, String user) {
    return as(
            ann,
            () ->
                flags()
                    .explainFlag(
                        ExplainFlagRequest.newBuilder()
                            .setFlagKey(flag)
                            .setTargetingKey(user)
                            .build()))
        .getStepsList();
  }

  private Evaluation evaluate(String flag, String user) {
    return as(
            ann,
            () ->
                flags()
                    .evaluateFlag(
                        EvaluateFlagRequest.newBuilder()
                            .setFlagKey(flag)
                            .setTargetingKey(user)
                            .build()))
        .getEvaluation();
  }

  private EvaluateFlagsResponse evaluateAll(String etag) {
    return as(
        ann,
        () ->
            flags()
                .evaluateFlags(
                    EvaluateFlagsRequest.newBuilder().setTargetingKey("u").setEtag(etag).build()));
  }

  private static <T> T as(Caller caller, Supplier<T> call) {
    return CallerContext.as(caller, call::get);
  }

  private static void fails(Status.Code code, ThrowingCallable call) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .extracting(exception -> exception.getStatus().getCode())
        .isEqualTo(code);
  }

  private static Layer layer() {
    return Layer.newBuilder().setKey("screens").build();
  }

  private static Experiment plain(String key, String flag) {
    return Experiment.newBuilder()
        .setKey(key)
        .setHypothesis("More people transfer when the button is bigger")
        .setFlagKey(flag)
        .addArms(Share.newBuilder().setVariant("off").setWeight(5_000))
        .addArms(Share.newBuilder().setVariant("on").setWeight(5_000))
        .setControl("off")
        .setPlan(
            AnalysisPlan.newBuilder()
                .addGoalMetricKeys("transfers")
                .setSmallestEffect(0.02)
                .setPlannedUnits(100_000))
        .build();
  }

  private static Experiment experiment(String key, String flag) {
    return plain(key, flag).toBuilder()
        .setLayer(LayerShare.newBuilder().setLayerKey("screens").setShare(5_000))
        .addHoldoutKeys("global")
        .addRamp(RampStage.newBuilder().setShare(1_000))
        .addRamp(
            RampStage.newBuilder()
                .setShare(10_000)
                .setAfter(Duration.newBuilder().setSeconds(86_400)))
        .build();
  }

  private static Flag testing(String key, String experiment) {
    return flag(key)
        .addRules(FlagRule.newBuilder().setName("test").setExperiment(experiment))
        .build();
  }

  private static Flag.Builder flag(String key) {
    return Flag.newBuilder()
        .setKey(key)
        .setEnabled(true)
        .addVariants(variant("on", true))
        .addVariants(variant("off", false))
        .setOffVariant("off")
        .setFallthrough(
            Allocation.newBuilder()
                .addShares(Share.newBuilder().setVariant("off").setWeight(10_000)));
  }

  private static Variant variant(String name, boolean value) {
    return Variant.newBuilder()
        .setName(name)
        .setValue(Value.newBuilder().setBoolValue(value))
        .build();
  }

  /** Everybody, as GrowthBook would deal them. */
  private static Split imported() {
    Split.Builder split = Split.newBuilder().setKey("gb");
    split
        .addArmsBuilder()
        .setVariant("on")
        .addPlacesBuilder()
        .addStretches(io.tenure.proto.evaluator.v1.Stretch.newBuilder().setTo(10_000))
        .getDealingBuilder()
        .setUnitType(io.tenure.proto.evaluator.v1.UnitType.UNIT_TYPE_USER)
        .setHashing(io.tenure.proto.evaluator.v1.Hashing.HASHING_GROWTHBOOK_2)
        .setSalt("seed")
        .setBuckets(10_000);
    return split.build();
  }
}
