package io.tenure.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.data.ClickHouseFormat;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.KeptKey;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Subject;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.serving.FlagSnapshots;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.TraitCondition;
import io.tenure.proto.experiment.v1.Allocation;
import io.tenure.proto.experiment.v1.AllocationOmission;
import io.tenure.proto.experiment.v1.AnalysisPlan;
import io.tenure.proto.experiment.v1.AssignBatchRequest;
import io.tenure.proto.experiment.v1.AssignBatchResponse;
import io.tenure.proto.experiment.v1.AssignRequest;
import io.tenure.proto.experiment.v1.AssignResponse;
import io.tenure.proto.experiment.v1.Assignment;
import io.tenure.proto.experiment.v1.AssignmentOutcome;
import io.tenure.proto.experiment.v1.AssignmentReason;
import io.tenure.proto.experiment.v1.AssignmentServiceGrpc;
import io.tenure.proto.experiment.v1.AssignmentSubject;
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
import io.tenure.proto.experiment.v1.GetAllocationSqlRequest;
import io.tenure.proto.experiment.v1.GetAllocationSqlResponse;
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
import io.tenure.proto.experiment.v1.Variant;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** One decision from the evaluator, from the service's door and from SQL, on real stores. */
final class AssignmentsTest {

  private static final String NAME = "assignments-" + UUID.randomUUID();
  private static final int UNITS = 200_000;
  private static final int BATCH = 10_000;
  private static final List<String> FORMS =
      List.of("customer-%d", "用户-%d", "😀%d", "账户/🏦👩‍👧/%d", "O'Neil \\ \"%d\"");

  private static ConfigurableApplicationContext application;
  private static ManagedChannel channel;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private final Caller ann = new Caller(project, "person:ann", Role.EDITOR);
  private final Caller bob = new Caller(project, "person:bob", Role.EDITOR);
  private final Caller reader = new Caller(project, "person:eve", Role.ANALYST);

  @BeforeAll
  static void start() {
    application =
        ServiceRunner.service(ExperimentApplication.class, ExperimentApplication.NAME)
            .run(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.grpc.server.address=127.0.0.1",
                "--spring.grpc.server.port=0",
                "--spring.grpc.server.inprocess.name=" + NAME,
                "--tenure.clients.event-collector=in-process:none-" + NAME,
                "--tenure.clients.profile-service=in-process:none-" + NAME,
                "--tenure.clients.segment-service=in-process:none-" + NAME,
                "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
                "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
                "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
                "--tenure.clickhouse.database=" + TestStores.freshDatabase("assignments"),
                "--tenure.redis.url=" + TestStores.redisUrl());
    channel = InProcessChannelBuilder.forName(NAME).intercept(new CallerPropagation()).build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    application.close();
  }

  @Test
  void decidesAlikeInTheEvaluatorTheServiceAndSql() throws Exception {
    gates();
    run(experiment("neighbour", "other").setLayer(share(1_500)).build());
    run(experiment("buttons", "home").setLayer(share(7_000)).addHoldoutKeys("global").build());
    List<String> units =
        IntStream.range(0, UNITS)
            .mapToObj(number -> String.format(FORMS.get(number % FORMS.size()), number))
            .toList();

    List<Assignment> assigned = new ArrayList<>();
    for (int from = 0; from < UNITS; from += BATCH) {
      assignBatch("buttons", units.subList(from, from + BATCH)).getOutcomesList().stream()
          .map(AssignmentOutcome::getAssignment)
          .forEach(assigned::add);
    }
    List<String> evaluated = evaluated("home", units);
    List<String> sql = sql(allocationSql("buttons", "unit"), units);

    int mismatches = 0;
    Set<AssignmentReason> reasons = EnumSet.noneOf(AssignmentReason.class);
    for (int i = 0; i < UNITS; i++) {
      Assignment one = assigned.get(i);
      reasons.add(one.getReason());
      String reason = one.getReason().name().replace("ASSIGNMENT_REASON_", "");
      if (!evaluated.get(i).equals(one.getVariant())
          || !sql.get(i).equals(one.getVariant() + "|" + reason)) {
        mismatches++;
      }
    }
    assertThat(mismatches).isZero();
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            AssignmentReason.ASSIGNMENT_REASON_ARM,
            AssignmentReason.ASSIGNMENT_REASON_HELD_OUT,
            AssignmentReason.ASSIGNMENT_REASON_NOT_IN_LAYER,
            AssignmentReason.ASSIGNMENT_REASON_NOT_ENROLLED);
    assertThat(Set.copyOf(evaluated)).containsExactlyInAnyOrder("", "off", "on", "bold");
  }

  @Test
  void takesNumbersAndNobodyInSql() throws Exception {
    run(experiment("buttons", "home").build());
    GetAllocationSqlResponse allocation = allocationSql("buttons", "");
    String variant = allocation.getAllocation().getVariant();
    String reason = allocation.getAllocation().getReason();

    List<String> rows =
        rows(
            "SELECT concat("
                + variant
                + ", '|', "
                + reason
                + ") AS answer FROM (SELECT arrayJoin([toUInt64(42), NULL]) AS unit)"
                + " ORDER BY unit NULLS LAST");

    Assignment assigned = assign("buttons", "42", Struct.getDefaultInstance()).getAssignment();
    assertThat(assigned.getReason()).isNotEqualTo(AssignmentReason.ASSIGNMENT_REASON_UNSPECIFIED);
    assertThat(rows)
        .containsExactly(
            assigned.getVariant()
                + "|"
                + assigned.getReason().name().replace("ASSIGNMENT_REASON_", ""),
            "|NO_UNIT");
  }

  @Test
  void tellsWhatTheSqlLeavesOut() {
    Experiment.Builder experiment =
        experiment("buttons", "home")
            .setAudience(
                Condition.newBuilder()
                    .setTrait(
                        TraitCondition.newBuilder()
                            .setName("vip")
                            .setOperator(Operator.OPERATOR_EQUAL)
                            .addValues(Value.newBuilder().setBoolValue(true))));
    run(experiment.build());

    GetAllocationSqlResponse response = allocationSql("buttons", "t.user");

    assertThat(response.getAllocation().getOmissionsList())
        .containsExactly(AllocationOmission.ALLOCATION_OMISSION_AUDIENCE);
    assertThat(response.getAllocation().getVariant()).contains("`t`.`user`");
    assertThat(response.getAllocation().hasExpireTime()).isTrue();
    assertThat(response.getPhase()).isEqualTo(1);
    Struct.Builder vip = Struct.newBuilder();
    vip.putFields("vip", Value.newBuilder().setBoolValue(false).build());
    assertThat(assign("buttons", "ann", vip.build()).getAssignment().getReason())
        .isEqualTo(AssignmentReason.ASSIGNMENT_REASON_NOT_IN_AUDIENCE);
    assertThat(assign("buttons", "ann", Struct.getDefaultInstance()).getAssignment().getDegraded())
        .isTrue();
    fails(Status.Code.INVALID_ARGUMENT, () -> allocationSql("buttons", "unit) OR (1"));
  }

  @Test
  void answersForTheOthersWhenOneIsWrong() {
    run(experiment("buttons", "home").build());

    AssignBatchResponse response = assignBatch("buttons", List.of("a", "", "b".repeat(1_025), "d"));

    assertThat(response.getOutcomesList())
        .extracting(AssignmentOutcome::getError)
        .containsExactly(
            "",
            "subjects[1].targeting_key: 1 to 1024 characters",
            "subjects[2].targeting_key: 1 to 1024 characters",
            "");
    assertThat(response.getOutcomes(3).getAssignment())
        .isEqualTo(assign("buttons", "d", Struct.getDefaultInstance()).getAssignment());
    assertThat(response.getUnitType())
        .isEqualTo(io.tenure.proto.evaluator.v1.UnitType.UNIT_TYPE_USER);
    assertThat(response.hasAssignTime()).isTrue();
  }

  @Test
  void refusesWhatCannotBeAnswered() {
    run(experiment("buttons", "home").build());

    fails(Status.Code.NOT_FOUND, () -> assign("nothing", "ann", Struct.getDefaultInstance()));
    fails(Status.Code.INVALID_ARGUMENT, () -> assignBatch("buttons", List.of()));
    fails(
        Status.Code.INVALID_ARGUMENT,
        () -> assignBatch("buttons", IntStream.range(0, 10_001).mapToObj(i -> "u" + i).toList()));
    fails(Status.Code.INVALID_ARGUMENT, () -> assign("buttons", "", Struct.getDefaultInstance()));
    fails(
        Status.Code.PERMISSION_DENIED,
        () ->
            as(
                new Caller(project, "key:1", Role.WRITER),
                () -> assignments().assign(AssignRequest.newBuilder().setKey("buttons").build())));
    move(ann, "buttons", request -> request.getPauseBuilder());
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> assign("buttons", "ann", Struct.getDefaultInstance()))
        .matches(refused -> refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION)
        .withMessageContaining("it is paused");
  }

  /** Variants as the library decides them; empty where the experiment deals nothing. */
  private List<String> evaluated(String flag, List<String> units) {
    var flags = application.getBean(FlagSnapshots.class).of(project).flags();
    Instant now = Instant.now();
    return units.stream()
        .map(
            unit -> {
              Outcome outcome = Objects.requireNonNull(flags.decide(flag, new OnlyUser(unit), now));
              return outcome.split().isEmpty() ? "" : outcome.variant();
            })
        .toList();
  }

  private record OnlyUser(String unit) implements Subject {
    @Override
    public @Nullable String id(UnitType type) {
      return type == UnitType.USER ? unit : null;
    }

    @Override
    public io.tenure.evaluator.@Nullable Value attribute(String name) {
      return null;
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return false;
    }

    @Override
    public @Nullable Kept kept(KeptKey key) {
      return null;
    }
  }

  /** "variant|reason" of each unit, from a table of the real store. */
  private static List<String> sql(GetAllocationSqlResponse allocation, List<String> units)
      throws Exception {
    String database = TestStores.freshDatabase("warehouse");
    try (Client client = TestStores.clickHouse()) {
      client
          .execute(
              "CREATE TABLE "
                  + database
                  + ".units (number UInt32, unit String) ENGINE = MergeTree ORDER BY number")
          .get();
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < units.size(); i++) {
        rows.append(i).append('\t').append(units.get(i).replace("\\", "\\\\")).append('\n');
      }
      client
          .insert(
              database + ".units",
              new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)),
              ClickHouseFormat.TSV)
          .get()
          .close();
    }
    return rows(
        "SELECT concat("
            + allocation.getAllocation().getVariant()
            + ", '|', "
            + allocation.getAllocation().getReason()
            + ") AS answer FROM "
            + database
            + ".units ORDER BY number");
  }

  private static List<String> rows(String sql) {
    try (Client client = TestStores.clickHouse()) {
      List<GenericRecord> records = client.queryAll(sql);
      return records.stream().map(row -> row.getString("answer")).toList();
    }
  }

  private AssignBatchResponse assignBatch(String key, List<String> units) {
    AssignBatchRequest.Builder request = AssignBatchRequest.newBuilder().setKey(key);
    units.forEach(
        unit -> request.addSubjects(AssignmentSubject.newBuilder().setTargetingKey(unit)));
    return as(reader, () -> assignments().assignBatch(request.build()));
  }

  private AssignResponse assign(String key, String unit, Struct context) {
    AssignRequest request =
        AssignRequest.newBuilder().setKey(key).setTargetingKey(unit).setContext(context).build();
    return as(reader, () -> assignments().assign(request));
  }

  private GetAllocationSqlResponse allocationSql(String key, String column) {
    GetAllocationSqlRequest request =
        GetAllocationSqlRequest.newBuilder().setKey(key).setUnitColumn(column).build();
    return as(reader, () -> assignments().getAllocationSql(request));
  }

  private static AssignmentServiceGrpc.AssignmentServiceBlockingStub assignments() {
    return AssignmentServiceGrpc.newBlockingStub(channel);
  }

  private void gates() {
    var layers = LayerServiceGrpc.newBlockingStub(channel);
    as(
        ann,
        () ->
            layers.createLayer(
                CreateLayerRequest.newBuilder()
                    .setLayer(Layer.newBuilder().setKey("screens"))
                    .build()));
    as(
        ann,
        () ->
            layers.createHoldout(
                CreateHoldoutRequest.newBuilder()
                    .setHoldout(Holdout.newBuilder().setKey("global").setShare(1_000))
                    .build()));
  }

  private static LayerShare share(int share) {
    return LayerShare.newBuilder().setLayerKey("screens").setShare(share).build();
  }

  /** From nothing to a running experiment with a flag of its own. */
  private void run(Experiment experiment) {
    as(
        ann,
        () ->
            FlagServiceGrpc.newBlockingStub(channel)
                .createFlag(CreateFlagRequest.newBuilder().setFlag(flag(experiment)).build()));
    Metric metric =
        Metric.newBuilder()
            .setKey("sales-" + experiment.getKey())
            .setDirection(MetricDirection.METRIC_DIRECTION_HIGHER_IS_BETTER)
            .setConversion(
                Metric.Conversion.newBuilder()
                    .setSelector(EventSelector.newBuilder().setName("buy")))
            .build();
    as(
        ann,
        () ->
            MetricServiceGrpc.newBlockingStub(channel)
                .createMetric(CreateMetricRequest.newBuilder().setMetric(metric).build()));
    as(
        ann,
        () ->
            ExperimentServiceGrpc.newBlockingStub(channel)
                .createExperiment(
                    CreateExperimentRequest.newBuilder().setExperiment(experiment).build()));
    move(ann, experiment.getKey(), request -> request.getSubmitBuilder());
    move(bob, experiment.getKey(), request -> request.getApproveBuilder());
    move(ann, experiment.getKey(), request -> request.getStartBuilder());
  }

  private interface Choice {
    Object in(MoveExperimentRequest.Builder request);
  }

  private void move(Caller who, String key, Choice choice) {
    MoveExperimentRequest.Builder request = MoveExperimentRequest.newBuilder().setKey(key);
    choice.in(request);
    as(who, () -> ExperimentServiceGrpc.newBlockingStub(channel).moveExperiment(request.build()));
  }

  private static Experiment.Builder experiment(String key, String flag) {
    return Experiment.newBuilder()
        .setKey(key)
        .setHypothesis("Bold buttons are found")
        .setFlagKey(flag)
        .addArms(Share.newBuilder().setVariant("off").setWeight(3_333))
        .addArms(Share.newBuilder().setVariant("on").setWeight(3_333))
        .addArms(Share.newBuilder().setVariant("bold").setWeight(3_334))
        .setControl("off")
        .addRamp(RampStage.newBuilder().setShare(6_000))
        .addRamp(
            RampStage.newBuilder()
                .setShare(10_000)
                .setAfter(Duration.newBuilder().setSeconds(86_400)))
        .setPlan(
            AnalysisPlan.newBuilder()
                .addGoalMetricKeys("sales-" + key)
                .setSmallestEffect(0.02)
                .setPlannedUnits(100_000));
  }

  private static Flag flag(Experiment experiment) {
    Flag.Builder flag =
        Flag.newBuilder()
            .setKey(experiment.getFlagKey())
            .setEnabled(true)
            .setOffVariant("off")
            .addRules(FlagRule.newBuilder().setName("test").setExperiment(experiment.getKey()))
            .setFallthrough(
                Allocation.newBuilder()
                    .addShares(Share.newBuilder().setVariant("off").setWeight(10_000)));
    for (Share arm : experiment.getArmsList()) {
      flag.addVariants(
          Variant.newBuilder()
              .setName(arm.getVariant())
              .setValue(Value.newBuilder().setStringValue(arm.getVariant())));
    }
    return flag.build();
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
}
