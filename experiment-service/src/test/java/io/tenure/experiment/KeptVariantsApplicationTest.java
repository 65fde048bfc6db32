package io.tenure.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.proto.erasure.v1.EraseSubjectsRequest;
import io.tenure.proto.erasure.v1.ExportSubjectRequest;
import io.tenure.proto.erasure.v1.ExportSubjectResponse;
import io.tenure.proto.erasure.v1.Subject;
import io.tenure.proto.erasure.v1.SubjectServiceGrpc;
import io.tenure.proto.evaluator.v1.Hashing;
import io.tenure.proto.evaluator.v1.Place;
import io.tenure.proto.evaluator.v1.Stickiness;
import io.tenure.proto.evaluator.v1.Stretch;
import io.tenure.proto.experiment.v1.AllocationOmission;
import io.tenure.proto.experiment.v1.AssignBatchRequest;
import io.tenure.proto.experiment.v1.AssignBatchResponse;
import io.tenure.proto.experiment.v1.Assignment;
import io.tenure.proto.experiment.v1.AssignmentReason;
import io.tenure.proto.experiment.v1.AssignmentServiceGrpc;
import io.tenure.proto.experiment.v1.AssignmentSubject;
import io.tenure.proto.experiment.v1.DeleteFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsResponse;
import io.tenure.proto.experiment.v1.Evaluation;
import io.tenure.proto.experiment.v1.ExplainFlagRequest;
import io.tenure.proto.experiment.v1.ExplainFlagResponse;
import io.tenure.proto.experiment.v1.Flag;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.GetAllocationSqlRequest;
import io.tenure.proto.experiment.v1.GetFlagRequest;
import io.tenure.proto.experiment.v1.ImportFlagsRequest;
import io.tenure.proto.experiment.v1.ImportFlagsResponse;
import io.tenure.proto.experiment.v1.ImportFormat;
import io.tenure.proto.experiment.v1.Reason;
import io.tenure.proto.experiment.v1.UpdateFlagRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Sticky experiments that moved here from GrowthBook, at every door, on real stores. */
final class KeptVariantsApplicationTest {

  private static final String NAME = "kept-" + UUID.randomUUID();

  private static ConfigurableApplicationContext application;
  private static ManagedChannel channel;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());

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
                // Other processes may need the processors.
                "--tenure.experiment.lookup-timeout=10s",
                "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
                "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
                "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
                "--tenure.clickhouse.database=" + TestStores.freshDatabase("kept"),
                "--tenure.redis.url=" + TestStores.redisUrl());
    channel = InProcessChannelBuilder.forName(NAME).intercept(new CallerPropagation()).build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    application.close();
  }

  @Test
  void anImportedUnitKeepsItsVariantUntilItsVersionEnds() {
    load("checkout-test", "id", "[1, 0]", 1);
    assertThat(evaluate("ann").getVariant()).isEqualTo("one");
    EvaluateFlagsResponse before = evaluateAll("ann", "");
    assertThat(before.getEvaluations(0).getVariant()).isEqualTo("one");
    assertThat(evaluateAll("ann", before.getEtag()).getNotModified()).isTrue();

    load("checkout-test", "id", "[0, 1]", 1);

    Evaluation kept = evaluate("ann");
    assertThat(kept.getVariant()).isEqualTo("one");
    assertThat(kept.getReason()).isEqualTo(Reason.REASON_SPLIT);
    assertThat(kept.getExperiment()).isEqualTo("checkout-test");
    assertThat(kept.getExposureToken()).isNotEmpty();
    assertThat(kept.getDegraded()).isFalse();
    EvaluateFlagsResponse after = evaluateAll("ann", before.getEtag());
    assertThat(after.getNotModified()).isFalse();
    assertThat(after.getEvaluations(0).getVariant()).isEqualTo("one");
    assertThat(explain("ann").getEvaluation().getVariant()).isEqualTo("one");
    assertThat(explain("bob").getEvaluation().getVariant()).isEqualTo("two");
    assertThat(evaluate("bob").getVariant()).isEqualTo("two");
    EvaluateFlagsResponse eve = evaluateAll("eve", "");
    assertThat(eve.getEvaluations(0).getVariant()).isEqualTo("two");
    assertThat(evaluateAll("eve", eve.getEtag()).getNotModified()).isTrue();

    load("checkout-test", "id", "[0, 1]", 2);

    assertThat(evaluate("ann").getReason()).isEqualTo(Reason.REASON_DEFAULT);
    assertThat(evaluate("ann").getValue().getStringValue()).isEqualTo("none");
    assertThat(evaluateAll("bob", "").getEvaluations(0).getExperiment()).isEmpty();
    assertThat(evaluate("new").getVariant()).isEqualTo("two");
  }

  @Test
  void everybodyOnADeviceKeepsItsVariant() {
    load("checkout-test", "deviceId", "[1, 0]", 0);
    assertThat(evaluate("ann", "phone").getVariant()).isEqualTo("one");

    load("checkout-test", "deviceId", "[0, 1]", 0);

    assertThat(evaluate("bob", "phone").getVariant()).isEqualTo("one");
    assertThat(evaluate("ann", "tablet").getVariant()).isEqualTo("two");
  }

  @Test
  void assignsBatchesAsServed() {
    load("checkout-test#1", "id", "[1, 0]", 1);
    deal(10_000);
    List<String> units = IntStream.range(0, 10_000).mapToObj(number -> "u" + number).toList();
    for (String unit : units.subList(0, 50)) {
      assertThat(evaluate(unit).getVariant()).isEqualTo("one");
    }
    deal(0);

    AssignBatchResponse assigned = assignBatch(units);

    for (int i = 0; i < units.size(); i++) {
      Assignment one = assigned.getOutcomes(i).getAssignment();
      assertThat(one.getReason()).isEqualTo(AssignmentReason.ASSIGNMENT_REASON_ARM);
      assertThat(one.getVariant()).isEqualTo(i < 50 ? "one" : "two");
      assertThat(one.hasBucket()).isEqualTo(i >= 50);
      assertThat(one.getDegraded()).isFalse();
    }
    // Assigning keeps nothing.
    deal(10_000);
    assertThat(evaluate(units.get(9_999)).getVariant()).isEqualTo("one");
    assertThat(
            assignments(
                    stub ->
                        stub.getAllocationSql(
                            GetAllocationSqlRequest.newBuilder()
                                .setKey("checkout-test")
                                .setUnitColumn("unit")
                                .build()))
                .getAllocation()
                .getOmissionsList())
        .containsExactly(AllocationOmission.ALLOCATION_OMISSION_KEPT_VARIANTS);
    stickTo(2);
    assertThat(assignBatch(List.of("u0")).getOutcomes(0).getAssignment().getReason())
        .isEqualTo(AssignmentReason.ASSIGNMENT_REASON_DEALT_BEFORE);
  }

  @Test
  void handsOverAndForgetsWhatAPersonWasDealt() {
    load("checkout-test", "id", "[1, 0]", 1);
    evaluate("ann");
    evaluate("bob");
    Instant asked = Instant.now().plusMillis(1);

    List<ExportSubjectResponse> exported = export("ann", asked);

    assertThat(exported).hasSize(1);
    assertThat(exported.getFirst().getSection()).isEqualTo("kept_variants");
    JsonNode record = Json.read(exported.getFirst().getRecords(0));
    assertThat(record.path("unit_type").stringValue()).isEqualTo("USER");
    assertThat(record.path("unit").stringValue()).isEqualTo("ann");
    assertThat(record.path("split").stringValue()).isEqualTo("checkout-test");
    assertThat(record.path("variant").stringValue()).isEqualTo("one");
    assertThat(record.path("version").intValue()).isEqualTo(1);
    assertThat(Instant.parse(record.path("create_time").stringValue())).isBefore(asked);
    assertThat(exported.getFirst().getRecordsCount()).isEqualTo(1);

    assertThat(erase("ann", asked, true)).isEqualTo(1);
    assertThat(erase("ann", asked, false)).isEqualTo(1);
    assertThat(erase("ann", asked, true)).isZero();
    load("checkout-test", "id", "[0, 1]", 1);
    assertThat(evaluate("ann").getVariant()).isEqualTo("two");
    assertThat(evaluate("bob").getVariant()).isEqualTo("one");
    // She is somebody new, who was dealt after the question.
    assertThat(erase("ann", asked, true)).isZero();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                CallerContext.as(
                    new Caller(project, "person:eve", Role.EDITOR),
                    () ->
                        SubjectServiceGrpc.newBlockingStub(channel)
                            .eraseSubjects(erasing("ann", asked, false))))
        .extracting(refused -> refused.getStatus().getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  /** Imports the flag, in place of what it was. */
  private void load(String experiment, String attribute, String weights, int version) {
    try {
      flags(stub -> stub.deleteFlag(DeleteFlagRequest.newBuilder().setKey("checkout").build()));
    } catch (StatusRuntimeException first) {
      assertThat(first.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
    String document =
        """
        {"features": {"checkout": {"defaultValue": "none", "rules": [
          {"key": "%s", "variations": ["1", "2"], "meta": [{"key": "one"}, {"key": "two"}],
           "weights": %s, "hashAttribute": "%s", "hashVersion": 2,
           "bucketVersion": %d, "minBucketVersion": %d}]}}}
        """
            .formatted(experiment, weights, attribute, version, version);
    ImportFlagsResponse imported =
        flags(
            stub ->
                stub.importFlags(
                    ImportFlagsRequest.newBuilder()
                        .setFormat(ImportFormat.IMPORT_FORMAT_GROWTHBOOK)
                        .setDocument(document)
                        .build()));
    assertThat(imported.getRefusalsList()).isEmpty();
  }

  /** Deals the first variant to so many parts of 10000, hashed as ours are. */
  private void deal(int first) {
    change(
        flag -> {
          for (int arm = 0; arm < 2; arm++) {
            long cut = (1L << 32) / 10_000 * first;
            Place.Builder place =
                flag.getRulesBuilder(0)
                    .getSplitBuilder()
                    .getArmsBuilder(arm)
                    .getPlacesBuilder(0)
                    .clearStretches();
            place.getDealingBuilder().setHashing(Hashing.HASHING_MURMUR3).setBuckets(1L << 32);
            if (first == 10_000) {
              cut = 1L << 32;
            }
            place.addStretches(
                Stretch.newBuilder().setFrom(arm == 0 ? 0 : cut).setTo(arm == 0 ? cut : 1L << 32));
          }
        });
  }

  private void stickTo(int version) {
    change(
        flag ->
            flag.getRulesBuilder(0)
                .getSplitBuilder()
                .setStickiness(
                    Stickiness.newBuilder().setVersion(version).setOldestVersion(version)));
  }

  private void change(Consumer<Flag.Builder> change) {
    Flag.Builder flag =
        flags(stub -> stub.getFlag(GetFlagRequest.newBuilder().setKey("checkout").build()))
            .getFlag()
            .toBuilder();
    change.accept(flag);
    flags(stub -> stub.updateFlag(UpdateFlagRequest.newBuilder().setFlag(flag).build()));
  }

  private Evaluation evaluate(String user) {
    return evaluate(user, "");
  }

  private Evaluation evaluate(String user, String device) {
    EvaluateFlagRequest.Builder request =
        EvaluateFlagRequest.newBuilder().setFlagKey("checkout").setTargetingKey(user);
    if (!device.isEmpty()) {
      request.setContext(
          Struct.newBuilder()
              .putFields("device_id", Value.newBuilder().setStringValue(device).build()));
    }
    return flags(stub -> stub.evaluateFlag(request.build())).getEvaluation();
  }

  private EvaluateFlagsResponse evaluateAll(String user, String etag) {
    return flags(
        stub ->
            stub.evaluateFlags(
                EvaluateFlagsRequest.newBuilder().setTargetingKey(user).setEtag(etag).build()));
  }

  private ExplainFlagResponse explain(String user) {
    return flags(
        stub ->
            stub.explainFlag(
                ExplainFlagRequest.newBuilder()
                    .setFlagKey("checkout")
                    .setTargetingKey(user)
                    .build()));
  }

  private AssignBatchResponse assignBatch(List<String> units) {
    AssignBatchRequest.Builder request = AssignBatchRequest.newBuilder().setKey("checkout-test");
    units.forEach(
        unit -> request.addSubjects(AssignmentSubject.newBuilder().setTargetingKey(unit)));
    return assignments(stub -> stub.assignBatch(request.build()));
  }

  private <T> T flags(Function<FlagServiceGrpc.FlagServiceBlockingStub, T> call) {
    return as(
        new Caller(project, "person:ann", Role.EDITOR),
        () -> call.apply(FlagServiceGrpc.newBlockingStub(channel)));
  }

  private <T> T assignments(Function<AssignmentServiceGrpc.AssignmentServiceBlockingStub, T> call) {
    return as(
        new Caller(project, "person:ann", Role.ANALYST),
        () -> call.apply(AssignmentServiceGrpc.newBlockingStub(channel)));
  }

  private List<ExportSubjectResponse> export(String id, Instant time) {
    return as(
        Caller.service(project, "profile-service"),
        () -> {
          List<ExportSubjectResponse> messages = new ArrayList<>();
          SubjectServiceGrpc.newBlockingStub(channel)
              .exportSubject(
                  ExportSubjectRequest.newBuilder()
                      .setProjectId(project.value())
                      .addIds(id)
                      .setAskTime(timestamp(time))
                      .build())
              .forEachRemaining(messages::add);
          return messages;
        });
  }

  private long erase(String id, Instant time, boolean countOnly) {
    return as(
        Caller.service(project, "profile-service"),
        () ->
            SubjectServiceGrpc.newBlockingStub(channel)
                .eraseSubjects(erasing(id, time, countOnly))
                .getCounts(0)
                .getCountsOrThrow("redis.kept_variants"));
  }

  private EraseSubjectsRequest erasing(String id, Instant time, boolean countOnly) {
    return EraseSubjectsRequest.newBuilder()
        .setProjectId(project.value())
        .setCountOnly(countOnly)
        .addSubjects(
            Subject.newBuilder()
                .setErasureId("e")
                .addUserNumbers(1)
                .addIds(id)
                .setEraseTime(timestamp(time)))
        .build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano() / 1_000_000 * 1_000_000)
        .build();
  }

  private static <T> T as(Caller caller, Supplier<T> call) {
    return CallerContext.as(caller, call::get);
  }
}
