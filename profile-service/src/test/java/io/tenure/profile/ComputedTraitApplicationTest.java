package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.PropertyFilter;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ComputedTrait;
import io.tenure.proto.profile.v1.ComputedTrait.Calculation;
import io.tenure.proto.profile.v1.ComputedTraitServiceGrpc;
import io.tenure.proto.profile.v1.ComputedTraitServiceGrpc.ComputedTraitServiceBlockingStub;
import io.tenure.proto.profile.v1.CreateComputedTraitRequest;
import io.tenure.proto.profile.v1.DeleteComputedTraitRequest;
import io.tenure.proto.profile.v1.EvaluateComputedTraitRequest;
import io.tenure.proto.profile.v1.GetComputationRequest;
import io.tenure.proto.profile.v1.GetComputedTraitRequest;
import io.tenure.proto.profile.v1.GetComputedValuesRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.ListComputationsRequest;
import io.tenure.proto.profile.v1.ListComputedTraitsRequest;
import io.tenure.proto.profile.v1.ListComputedTraitsResponse;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.StartComputationRequest;
import io.tenure.proto.profile.v1.TraitComputation;
import io.tenure.proto.profile.v1.UpdateComputedTraitRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Computed traits as neighbours and people ask for them, on the whole service. */
final class ComputedTraitApplicationTest {

  private static ProfileServer server;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());

  @BeforeAll
  static void start() {
    server =
        ProfileServer.start("computed_traits", "--tenure.profile.computation-poll-interval=200ms");
    ClickHouse clickHouse = server.bean(ClickHouse.class);
    clickHouse.execute(
        """
        CREATE TABLE events (project_id LowCardinality(String), name LowCardinality(String),
          event_time DateTime64(3, 'UTC'), user_number UInt32, event_key UInt64,
          properties Map(LowCardinality(String), String))
        ENGINE = ReplacingMergeTree
        ORDER BY (project_id, name, toDate(event_time), user_number, event_time, event_key)
        """,
        Map.of());
    clickHouse.execute(
        "CREATE VIEW events_final_v1 AS SELECT *, user_number AS stored_user_number FROM events"
            + " FINAL",
        Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aDefinitionBecomesATraitOfTheProfileAndGoesAgain() {
    user("anna");
    event(1, "Buy", "fund", "bond");
    event(1, "Buy", "fund", "gold");
    ComputedTrait created = create(bonds("bonds").build());
    assertThat(created.getTraitsList()).containsExactly("bonds");
    assertThat(created.getTimeZone()).isEqualTo("Asia/Shanghai");
    TraitComputation done = finished();
    assertThat(done.getState()).isEqualTo(TraitComputation.State.STATE_DONE);
    assertThat(done.getTotal()).isEqualTo(1);
    assertThat(done.getUsers()).isEqualTo(1);
    assertThat(traits("anna").getFieldsOrThrow("bonds").getNumberValue()).isEqualTo(1);
    assertThat(values("anna")).isEqualTo(traits("anna"));

    as(
        Role.EDITOR,
        stub ->
            stub.deleteComputedTrait(
                DeleteComputedTraitRequest.newBuilder().setId("bonds").build()));
    finished();
    assertThat(traits("anna").getFieldsMap()).isEmpty();
  }

  @Test
  void updatesByEtagAndComputesOnDemand() {
    user("anna");
    event(1, "Buy", "fund", "bond");
    ComputedTrait created = create(bonds("bonds").setPaused(true).build());
    finished();
    UpdateComputedTraitRequest update =
        UpdateComputedTraitRequest.newBuilder()
            .setComputedTrait(
                created.toBuilder().setCalculation(Calculation.CALCULATION_DAYS_SINCE))
            .build();
    assertThat(
            as(Role.EDITOR, stub -> stub.updateComputedTrait(update))
                .getComputedTrait()
                .getCalculation())
        .isEqualTo(Calculation.CALCULATION_DAYS_SINCE);
    assertThat(refusal(Role.EDITOR, stub -> stub.updateComputedTrait(update)).reason())
        .isEqualTo(Reason.ABORTED);
    finished();
    TraitComputation started =
        as(
                Role.EDITOR,
                stub ->
                    stub.startComputation(
                        StartComputationRequest.newBuilder().setId("bonds").build()))
            .getComputation();
    assertThat(started.getAuthor()).isEqualTo("person:test");
    assertThat(finished().getId()).isEqualTo(started.getId());
    assertThat(traits("anna").getFieldsOrThrow("bonds").getNumberValue()).isBetween(0.0, 2.0);
  }

  @Test
  void previewsOneUserWithoutStoring() {
    user("anna");
    event(1, "Buy", "fund", "bond");
    EvaluateComputedTraitRequest.Builder request =
        EvaluateComputedTraitRequest.newBuilder()
            .setComputedTrait(bonds("preview"))
            .setUserId("anna");
    assertThat(
            as(Role.EDITOR, stub -> stub.evaluateComputedTrait(request.build()))
                .getTraits()
                .getFieldsOrThrow("preview")
                .getNumberValue())
        .isEqualTo(1);
    request.getComputedTraitBuilder().setCalculation(Calculation.CALCULATION_PAYDAY);
    assertThat(
            as(Role.EDITOR, stub -> stub.evaluateComputedTrait(request.build())).getUnknownReason())
        .isEqualTo("TOO_LITTLE");
    assertThat(traits("anna").getFieldsMap()).isEmpty();
    assertThat(
            refusal(
                    Role.EDITOR,
                    stub -> stub.evaluateComputedTrait(request.setUserId("nobody").build()))
                .reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void listsPageByPage() {
    for (String id : List.of("one_trait", "two_trait", "six_trait")) {
      create(bonds(id).build());
    }
    ListComputedTraitsRequest.Builder request =
        ListComputedTraitsRequest.newBuilder().setPageSize(2);
    ListComputedTraitsResponse first =
        as(Role.ANALYST, stub -> stub.listComputedTraits(request.build()));
    assertThat(first.getComputedTraitsList())
        .extracting(ComputedTrait::getId)
        .containsExactly("one_trait", "six_trait");
    ListComputedTraitsResponse second =
        as(
            Role.ANALYST,
            stub ->
                stub.listComputedTraits(request.setPageToken(first.getNextPageToken()).build()));
    assertThat(second.getComputedTraitsList())
        .extracting(ComputedTrait::getId)
        .containsExactly("two_trait");
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(
            violations(
                refusal(
                    Role.ANALYST,
                    stub -> stub.listComputedTraits(request.setPageToken("?").build()))))
        .containsExactly("page_token");
  }

  @Test
  void namesEveryViolation() {
    ComputedTrait wrong =
        ComputedTrait.newBuilder()
            .setId("trait")
            .setTimeZone("Mars/Phobos")
            .addHolidays("2026-02-30")
            .setEvents(
                EventSelector.newBuilder()
                    .setName("Buy")
                    .addFilters(PropertyFilter.newBuilder().setName("fund")))
            .build();
    assertThat(violations(refusal(Role.EDITOR, stub -> stub.createComputedTrait(request(wrong)))))
        .containsExactly(
            "computed_trait.events.filters[0].operator",
            "computed_trait.calculation",
            "computed_trait.time_zone",
            "computed_trait.holidays[0]");
    assertThat(
            violations(
                refusal(
                    Role.EDITOR,
                    stub ->
                        stub.createComputedTrait(
                            request(bonds("trait").setWindowDays(4_000).build())))))
        .containsExactly("computed_trait.window_days");
  }

  @Test
  void analystsReadEditorsChangeAndWriteKeysDoNeither() {
    create(bonds("bonds").build());
    GetComputedTraitRequest get = GetComputedTraitRequest.newBuilder().setId("bonds").build();
    assertThat(as(Role.ANALYST, stub -> stub.getComputedTrait(get)).hasComputedTrait()).isTrue();
    assertThat(refusal(Role.WRITER, stub -> stub.getComputedTrait(get)).reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
    for (Function<ComputedTraitServiceBlockingStub, ?> change : changes()) {
      assertThat(refusal(Role.ANALYST, change).reason()).isEqualTo(Reason.PERMISSION_DENIED);
    }
  }

  private static List<Function<ComputedTraitServiceBlockingStub, ?>> changes() {
    return List.of(
        stub -> stub.createComputedTrait(request(bonds("other").build())),
        stub -> stub.updateComputedTrait(UpdateComputedTraitRequest.getDefaultInstance()),
        stub -> stub.deleteComputedTrait(DeleteComputedTraitRequest.getDefaultInstance()),
        stub -> stub.startComputation(StartComputationRequest.getDefaultInstance()),
        stub -> stub.evaluateComputedTrait(EvaluateComputedTraitRequest.getDefaultInstance()),
        stub -> stub.getComputedValues(GetComputedValuesRequest.getDefaultInstance()));
  }

  private static ComputedTrait.Builder bonds(String id) {
    return ComputedTrait.newBuilder()
        .setId(id)
        .setCalculation(Calculation.CALCULATION_COUNT)
        .setTimeZone("Asia/Shanghai")
        .setEvents(
            EventSelector.newBuilder()
                .setName("Buy")
                .addFilters(
                    PropertyFilter.newBuilder()
                        .setName("fund")
                        .setOperator(Operator.OPERATOR_EQUAL)
                        .addValues(Value.newBuilder().setStringValue("bond"))));
  }

  private static CreateComputedTraitRequest request(ComputedTrait trait) {
    return CreateComputedTraitRequest.newBuilder().setComputedTrait(trait).build();
  }

  private ComputedTrait create(ComputedTrait trait) {
    return as(Role.EDITOR, stub -> stub.createComputedTrait(request(trait))).getComputedTrait();
  }

  /** Waits for the newest computation; for ever, should it never end. */
  private TraitComputation finished() {
    String id =
        as(
                Role.ANALYST,
                stub -> stub.listComputations(ListComputationsRequest.getDefaultInstance()))
            .getComputations(0)
            .getId();
    Supplier<TraitComputation> state =
        () ->
            as(
                    Role.ANALYST,
                    stub ->
                        stub.getComputation(GetComputationRequest.newBuilder().setId(id).build()))
                .getComputation();
    while (state.get().getState() == TraitComputation.State.STATE_RUNNING) {
      LockSupport.parkNanos(50_000_000);
    }
    return state.get();
  }

  private void user(String login) {
    ProfileServiceGrpc.newBlockingStub(server.channel())
        .apply(
            ApplyRequest.newBuilder()
                .setLogId("log")
                .addRecords(
                    ProfileRecord.newBuilder()
                        .setProjectId(project.value())
                        .setLoginId(login)
                        .setEventName("SignUp")
                        .setEventTime(Timestamps.fromMillis(1_772_000_000_000L)))
                .build());
  }

  private void event(long user, String name, String property, String value) {
    server
        .bean(ClickHouse.class)
        .insert(
            "events",
            List.of(
                Map.of(
                    "project_id",
                    project.value(),
                    "name",
                    name,
                    "event_time",
                    Instant.now().minusSeconds(3_600).toString(),
                    "user_number",
                    user,
                    "event_key",
                    UUID.randomUUID().getMostSignificantBits() >>> 1,
                    "properties",
                    Map.of(property, value))),
            null);
  }

  private Struct traits(String id) {
    return CallerContext.as(
        new Caller(project, "person:test", Role.ADMINISTRATOR),
        () ->
            ProfileServiceGrpc.newBlockingStub(server.channel())
                .getProfile(GetProfileRequest.newBuilder().setId(id).build())
                .getProfile()
                .getTraits());
  }

  private Struct values(String id) {
    return as(
            Role.EDITOR,
            stub ->
                stub.getComputedValues(GetComputedValuesRequest.newBuilder().setUserId(id).build()))
        .getTraits();
  }

  private Failure refusal(Role role, Function<ComputedTraitServiceBlockingStub, ?> call) {
    return ProfileServer.refusal(() -> as(role, call));
  }

  private <T> T as(Role role, Function<ComputedTraitServiceBlockingStub, T> call) {
    return CallerContext.as(
        new Caller(project, "person:test", role),
        () -> call.apply(ComputedTraitServiceGrpc.newBlockingStub(server.channel())));
  }

  private static List<String> violations(Failure failure) {
    assertThat(failure.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
    return failure.violations().stream().map(FieldViolation::field).toList();
  }
}
