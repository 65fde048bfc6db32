package io.tenure.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.EventCondition;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.SegmentCondition;
import io.tenure.proto.condition.v1.TraitCondition;
import io.tenure.proto.experiment.v1.Allocation;
import io.tenure.proto.experiment.v1.CreateFlagRequest;
import io.tenure.proto.experiment.v1.DeleteFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsRequest;
import io.tenure.proto.experiment.v1.EvaluateFlagsResponse;
import io.tenure.proto.experiment.v1.Evaluation;
import io.tenure.proto.experiment.v1.Flag;
import io.tenure.proto.experiment.v1.FlagRule;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.GetFlagRequest;
import io.tenure.proto.experiment.v1.ListFlagsRequest;
import io.tenure.proto.experiment.v1.ListFlagsResponse;
import io.tenure.proto.experiment.v1.Reason;
import io.tenure.proto.experiment.v1.Share;
import io.tenure.proto.experiment.v1.UpdateFlagRequest;
import io.tenure.proto.experiment.v1.Variant;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.GetProfileResponse;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.segment.v1.ListMembershipsRequest;
import io.tenure.proto.segment.v1.ListMembershipsResponse;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on real stores; only its two neighbours are stood in for. */
final class ExperimentApplicationTest {

  private static final String NAME = "experiment-" + UUID.randomUUID();
  private static final String PROFILES = "profile-" + UUID.randomUUID();
  private static final String SEGMENTS = "segment-" + UUID.randomUUID();

  private static ConfigurableApplicationContext application;
  private static ManagedChannel channel;
  private static Server segments;
  private static Server profiles;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());

  @BeforeAll
  static void start() throws Exception {
    profiles = serve(PROFILES, new OneProfile());
    segments = serve(SEGMENTS, new OneMembership());
    application =
        ServiceRunner.service(ExperimentApplication.class, ExperimentApplication.NAME)
            .run(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.grpc.server.address=127.0.0.1",
                "--spring.grpc.server.port=0",
                "--spring.grpc.server.inprocess.name=" + NAME,
                "--tenure.clients.profile-service=in-process:" + PROFILES,
                "--tenure.clients.segment-service=in-process:" + SEGMENTS,
                "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
                "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
                "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
                "--tenure.clickhouse.database=" + TestStores.freshDatabase("experiment"),
                "--tenure.redis.url=" + TestStores.redisUrl());
    channel = InProcessChannelBuilder.forName(NAME).intercept(new CallerPropagation()).build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    application.close();
    profiles.shutdownNow();
    segments.shutdownNow();
  }

  @Test
  void keepsFlags() {
    Flag created = create(flag("a").build());
    assertThat(created.getEtag()).isNotEmpty();
    assertThat(created.hasCreateTime()).isTrue();
    assertThat(get("a")).isEqualTo(created);

    Flag changed = created.toBuilder().setDescription("Changed").build();
    Flag updated =
        as(
                Role.EDITOR,
                stub -> stub.updateFlag(UpdateFlagRequest.newBuilder().setFlag(changed).build()))
            .getFlag();
    assertThat(updated.getDescription()).isEqualTo("Changed");
    fails(
        Status.Code.ABORTED,
        () ->
            as(
                Role.EDITOR,
                stub -> stub.updateFlag(UpdateFlagRequest.newBuilder().setFlag(changed).build())));

    as(Role.EDITOR, stub -> stub.deleteFlag(DeleteFlagRequest.newBuilder().setKey("a").build()));
    fails(Status.Code.NOT_FOUND, () -> get("a"));
  }

  @Test
  void listsPageByPage() {
    for (String key : new String[] {"c", "a", "b"}) {
      create(flag(key).build());
    }

    ListFlagsResponse first = list("");
    ListFlagsResponse second = list(first.getNextPageToken());

    assertThat(first.getFlagsList()).extracting(Flag::getKey).containsExactly("a", "b");
    assertThat(second.getFlagsList()).extracting(Flag::getKey).containsExactly("c");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void decidesByStoredTraitsAndMemberships() {
    create(
        flag("home")
            .addRules(rule("members", segment("testers")))
            .addRules(rule("gold", tierIsGold()))
            .build());

    assertThat(evaluate("home", "gold-user", Struct.getDefaultInstance()).getRule())
        .isEqualTo("gold");
    assertThat(evaluate("home", "tester", Struct.getDefaultInstance()).getRule())
        .isEqualTo("members");
    Evaluation stranger = evaluate("home", "stranger", Struct.getDefaultInstance());
    assertThat(stranger.getReason()).isEqualTo(Reason.REASON_DEFAULT);
    assertThat(stranger.getValue().getBoolValue()).isFalse();
    assertThat(stranger.getDegraded()).isFalse();
    assertThat(evaluate("home", "stranger", context("tier", "gold")).getReason())
        .isEqualTo(Reason.REASON_TARGETING_MATCH);
  }

  @Test
  void goesOnWithoutKnowledgeThatIsAway() {
    create(flag("home").addRules(rule("gold", tierIsGold())).build());

    Evaluation evaluation = evaluate("home", "broken", Struct.getDefaultInstance());

    assertThat(evaluation.getDegraded()).isTrue();
    assertThat(evaluation.getVariant()).isEqualTo("off");
    assertThat(evaluate("home", "broken", context("tier", "gold")).getDegraded()).isFalse();
  }

  @Test
  void decidesAllFlagsWithAnEtag() {
    create(flag("b").build());
    create(flag("a").build());

    EvaluateFlagsResponse first = evaluateAll();
    assertThat(first.getEvaluationsList())
        .extracting(Evaluation::getFlagKey)
        .containsExactly("a", "b");
    assertThat(first.getEvaluations(0).getReason()).isEqualTo(Reason.REASON_STATIC);
    assertThat(evaluateAll().getEtag()).isEqualTo(first.getEtag());

    create(flag("c").build());
    assertThat(evaluateAll().getEtag()).isNotEqualTo(first.getEtag());
  }

  @Test
  void namesWhatIsWrongWithAFlag() {
    Flag bad =
        flag("bad")
            .addRules(
                rule(
                    "events",
                    Condition.newBuilder().setEvent(EventCondition.getDefaultInstance()).build()))
            .build();
    assertThat(violations(bad)).containsExactly("rules[0].condition");

    Flag unbalanced = flag("bad").setOffVariant("none").build();
    assertThat(violations(unbalanced)).containsExactly("off_variant");
  }

  @Test
  void keepsRolesApart() {
    create(flag("a").build());

    fails(
        Status.Code.PERMISSION_DENIED,
        () ->
            as(
                Role.ANALYST,
                stub ->
                    stub.createFlag(CreateFlagRequest.newBuilder().setFlag(flag("b")).build())));
    fails(
        Status.Code.PERMISSION_DENIED,
        () ->
            as(Role.WRITER, stub -> stub.getFlag(GetFlagRequest.newBuilder().setKey("a").build())));
    fails(
        Status.Code.UNAUTHENTICATED,
        () ->
            FlagServiceGrpc.newBlockingStub(channel)
                .evaluateFlags(EvaluateFlagsRequest.newBuilder().setTargetingKey("user").build()));
  }

  private Flag create(Flag flag) {
    return as(
            Role.EDITOR,
            stub -> stub.createFlag(CreateFlagRequest.newBuilder().setFlag(flag).build()))
        .getFlag();
  }

  private Flag get(String key) {
    return as(Role.ANALYST, stub -> stub.getFlag(GetFlagRequest.newBuilder().setKey(key).build()))
        .getFlag();
  }

  private ListFlagsResponse list(String token) {
    return as(
        Role.ANALYST,
        stub ->
            stub.listFlags(
                ListFlagsRequest.newBuilder().setPageSize(2).setPageToken(token).build()));
  }

  private Evaluation evaluate(String key, String user, Struct context) {
    return as(
            Role.WRITER,
            stub ->
                stub.evaluateFlag(
                    EvaluateFlagRequest.newBuilder()
                        .setFlagKey(key)
                        .setTargetingKey(user)
                        .setContext(context)
                        .build()))
        .getEvaluation();
  }

  private EvaluateFlagsResponse evaluateAll() {
    return as(
        Role.WRITER,
        stub ->
            stub.evaluateFlags(EvaluateFlagsRequest.newBuilder().setTargetingKey("user").build()));
  }

  private List<String> violations(Flag flag) {
    try {
      create(flag);
      return List.of();
    } catch (StatusRuntimeException exception) {
      return FailureStatus.fromStatus(exception).violations().stream()
          .map(FieldViolation::field)
          .toList();
    }
  }

  private <T> T as(Role role, Function<FlagServiceGrpc.FlagServiceBlockingStub, T> call) {
    Caller caller = new Caller(project, "person:ann", role);
    return CallerContext.as(caller, () -> call.apply(FlagServiceGrpc.newBlockingStub(channel)));
  }

  private static void fails(Status.Code code, ThrowingCallable call) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .extracting(exception -> exception.getStatus().getCode())
        .isEqualTo(code);
  }

  private static Flag.Builder flag(String key) {
    return Flag.newBuilder()
        .setKey(key)
        .setEnabled(true)
        .addVariants(variant("on", true))
        .addVariants(variant("off", false))
        .setOffVariant("off")
        .setFallthrough(everybody("off"));
  }

  private static Variant variant(String name, boolean value) {
    return Variant.newBuilder()
        .setName(name)
        .setValue(Value.newBuilder().setBoolValue(value))
        .build();
  }

  private static Allocation everybody(String variant) {
    return Allocation.newBuilder()
        .addShares(Share.newBuilder().setVariant(variant).setWeight(10_000))
        .build();
  }

  private static FlagRule rule(String name, Condition condition) {
    return FlagRule.newBuilder()
        .setName(name)
        .setCondition(condition)
        .setAllocation(everybody("on"))
        .build();
  }

  private static Condition segment(String id) {
    return Condition.newBuilder()
        .setSegment(SegmentCondition.newBuilder().setSegmentId(id))
        .build();
  }

  private static Condition tierIsGold() {
    return Condition.newBuilder()
        .setTrait(
            TraitCondition.newBuilder()
                .setName("tier")
                .setOperator(Operator.OPERATOR_EQUAL)
                .addValues(text("gold")))
        .build();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  private static Struct context(String name, String value) {
    return Struct.newBuilder().putFields(name, text(value)).build();
  }

  private static Server serve(String name, BindableService service) throws Exception {
    return InProcessServerBuilder.forName(name)
        .addService(service)
        .intercept(new CallerPropagation())
        .build()
        .start();
  }

  /** As the real services do, these show nothing to whoever has only a write key. */
  private static boolean isRefused(StreamObserver<?> observer) {
    boolean refused = CallerContext.current().role() == Role.WRITER;
    if (refused) {
      observer.onError(Status.PERMISSION_DENIED.asRuntimeException());
    }
    return refused;
  }

  /** Knows a gold user and a tester, does not know the stranger, and breaks for "broken". */
  private static final class OneProfile extends ProfileServiceGrpc.ProfileServiceImplBase {
    private static final Map<String, Profile> KNOWN =
        Map.of(
            "gold-user",
            Profile.newBuilder().setUserNumber(1).setTraits(context("tier", "gold")).build(),
            "tester",
            Profile.newBuilder().setUserNumber(2).build());

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> observer) {
      Profile profile = KNOWN.get(request.getId());
      if (isRefused(observer)) {
        return;
      }
      if (profile == null) {
        Status status = request.getId().equals("broken") ? Status.INTERNAL : Status.NOT_FOUND;
        observer.onError(status.asRuntimeException());
        return;
      }
      observer.onNext(GetProfileResponse.newBuilder().setProfile(profile).build());
      observer.onCompleted();
    }
  }

  private static final class OneMembership extends SegmentServiceGrpc.SegmentServiceImplBase {
    @Override
    public void listMemberships(
        ListMembershipsRequest request, StreamObserver<ListMembershipsResponse> observer) {
      if (isRefused(observer)) {
        return;
      }
      ListMembershipsResponse.Builder response = ListMembershipsResponse.newBuilder();
      if (request.getUserNumber() == 2) {
        response.addSegmentIds("testers");
      }
      observer.onNext(response.build());
      observer.onCompleted();
    }
  }
}
