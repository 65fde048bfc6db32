package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ExplainIdentityRequest;
import io.tenure.proto.profile.v1.ExplainIdentityResponse;
import io.tenure.proto.profile.v1.GetIdentityPlanRequest;
import io.tenure.proto.profile.v1.IdentityDecision;
import io.tenure.proto.profile.v1.IdentityDecision.Rule;
import io.tenure.proto.profile.v1.IdentityPlan;
import io.tenure.proto.profile.v1.IdentityPlan.Kind;
import io.tenure.proto.profile.v1.IdentityServiceGrpc;
import io.tenure.proto.profile.v1.IdentityServiceGrpc.IdentityServiceBlockingStub;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.UpdateIdentityPlanRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plans and explanations as their callers see them. */
final class IdentityApplicationTest {

  private static final long MONDAY = 1_772_000_000_000L;

  private static ProfileServer server;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private long offset;

  @BeforeAll
  static void start() {
    server = ProfileServer.start("identity");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aChosenPlanDecidesWhoIsWho() {
    assertThat(plan().getKind()).isEqualTo(Kind.KIND_ONE_TO_ONE);
    assertThat(plan().hasUpdateTime()).isFalse();

    IdentityPlan chosen = choose(Kind.KIND_MANY_TO_ONE, "");

    assertThat(plan()).isEqualTo(chosen);
    assertThat(chosen.getAuthor()).isEqualTo("person:ann");
    assertThat(chosen.getEtag()).isNotEmpty();
    assertThat(apply(signIn("王芳", "手机"), signIn("王芳", "平板"), of("", "平板"))).containsOnly(1);
  }

  @Test
  void aPlanThatWouldChangeUsersIsRefused() {
    apply(of("anna", ""));
    assertThat(refusal(Role.ADMINISTRATOR, update(Kind.KIND_DEVICE_ONLY, "")).reason())
        .isEqualTo(Reason.FAILED_PRECONDITION);
    assertThat(plan().getKind()).isEqualTo(Kind.KIND_ONE_TO_ONE);
  }

  @Test
  void aPlanNeedsAKindAndACurrentEtag() {
    assertThat(
            refusal(Role.ADMINISTRATOR, update(Kind.KIND_UNSPECIFIED, "")).violations().stream()
                .map(FieldViolation::field))
        .containsExactly("plan.kind");
    choose(Kind.KIND_MANY_TO_ONE, "");
    assertThat(refusal(Role.ADMINISTRATOR, update(Kind.KIND_MANY_TO_ONE, "99")).reason())
        .isEqualTo(Reason.ABORTED);
  }

  @Test
  void onlyAnAdministratorChoosesAndNoWriteKeyAsks() {
    assertThat(refusal(Role.EDITOR, update(Kind.KIND_MANY_TO_ONE, "")).reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(
            refusal(
                    Role.WRITER,
                    stub -> stub.getIdentityPlan(GetIdentityPlanRequest.getDefaultInstance()))
                .reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(refusal(Role.WRITER, stub -> stub.explainIdentity(login("anna"))).reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
  }

  @Test
  void saysWhichRecordMadeADeviceMoveAndWhy() {
    choose(Kind.KIND_MANY_TO_ONE, "");
    apply(of("", "平板"), signIn("王芳", "手机"), signIn("王芳", "平板"), of("", "平板"));

    ExplainIdentityResponse device = explain(device("平板"));

    assertThat(device.getUserNumber()).isEqualTo(2);
    assertThat(device.getDecisionsList())
        .extracting(IdentityDecision::getRule)
        .containsExactly(Rule.RULE_MOVED_TO_LOGIN, Rule.RULE_NEW_USER);
    IdentityDecision moved = device.getDecisions(0);
    assertThat(moved.getLogId()).isEqualTo("log-" + project);
    assertThat(moved.getLogOffset()).isEqualTo(2);
    assertThat(moved.getUserNumber()).isEqualTo(2);
    assertThat(moved.getFormerUserNumber()).isEqualTo(1);
    assertThat(moved.getLoginId()).isEqualTo("王芳");
    assertThat(moved.getAnonymousId()).isEqualTo("平板");
    assertThat(Timestamps.toMillis(moved.getEventTime())).isEqualTo(MONDAY + 2);
  }

  @Test
  void saysEveryDecisionAboutAnId() {
    apply(of("", "phone"));
    apply(signIn("anna", "phone"), signIn("ben", "phone"), signIn("anna", "watch"));
    apply(ProfileRecord.newBuilder().setAnonymousId("phone").setUnbind(true));
    assertThat(explain(device("phone")).getUserNumber()).isZero();
    apply(of("", "phone"));

    assertThat(rules(device("phone")))
        .containsExactly(Rule.RULE_NEW_USER, Rule.RULE_TAKEN_AWAY, Rule.RULE_NEW_USER);
    assertThat(rules(login("anna"))).containsExactly(Rule.RULE_GOT_USER_OF_DEVICE);
    assertThat(rules(login("ben"))).containsExactly(Rule.RULE_NEW_USER_DEVICE_TAKEN);
    assertThat(explain(login("ben")).getDecisions(0).getAnonymousId()).isEqualTo("phone");
  }

  @Test
  void aRepeatedBatchDecidesNothingTwice() {
    ProfileRecord.Builder[] batch = {signIn("anna", "phone"), of("", "phone")};
    apply(batch);
    offset = 0;
    apply(batch);
    assertThat(rules(login("anna"))).containsExactly(Rule.RULE_NEW_USER_WITH_BOTH);
    assertThat(rules(device("phone"))).containsExactly(Rule.RULE_NEW_USER_WITH_BOTH);
  }

  @Test
  void anIdNobodyEverHadIsNotFound() {
    assertThat(refusal(Role.ANALYST, stub -> stub.explainIdentity(login("nobody"))).reason())
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(
            refusal(
                    Role.ANALYST,
                    stub -> stub.explainIdentity(ExplainIdentityRequest.getDefaultInstance()))
                .violations()
                .stream()
                .map(FieldViolation::field))
        .containsExactly("login_id");
  }

  private List<Rule> rules(ExplainIdentityRequest request) {
    return explain(request).getDecisionsList().stream().map(IdentityDecision::getRule).toList();
  }

  private ExplainIdentityResponse explain(ExplainIdentityRequest request) {
    return as(
        Role.ANALYST,
        () -> IdentityServiceGrpc.newBlockingStub(server.channel()).explainIdentity(request));
  }

  private IdentityPlan plan() {
    return as(
        Role.ANALYST,
        () ->
            IdentityServiceGrpc.newBlockingStub(server.channel())
                .getIdentityPlan(GetIdentityPlanRequest.getDefaultInstance())
                .getPlan());
  }

  private IdentityPlan choose(Kind kind, String etag) {
    return as(
        Role.ADMINISTRATOR,
        () ->
            IdentityServiceGrpc.newBlockingStub(server.channel())
                .updateIdentityPlan(request(kind, etag))
                .getPlan());
  }

  private static Function<IdentityServiceBlockingStub, ?> update(Kind kind, String etag) {
    return stub -> stub.updateIdentityPlan(request(kind, etag));
  }

  private static UpdateIdentityPlanRequest request(Kind kind, String etag) {
    return UpdateIdentityPlanRequest.newBuilder()
        .setPlan(IdentityPlan.newBuilder().setKind(kind).setEtag(etag))
        .build();
  }

  private static ExplainIdentityRequest login(String id) {
    return ExplainIdentityRequest.newBuilder().setLoginId(id).build();
  }

  private static ExplainIdentityRequest device(String id) {
    return ExplainIdentityRequest.newBuilder().setAnonymousId(id).build();
  }

  private static ProfileRecord.Builder of(String login, String device) {
    return ProfileRecord.newBuilder().setLoginId(login).setAnonymousId(device);
  }

  private static ProfileRecord.Builder signIn(String login, String device) {
    return of(login, device).setBind(true);
  }

  private List<Integer> apply(ProfileRecord.Builder... records) {
    ApplyRequest.Builder request = ApplyRequest.newBuilder().setLogId("log-" + project);
    for (ProfileRecord.Builder record : records) {
      request.addRecords(
          record
              .setProjectId(project.value())
              .setEventTime(Timestamps.fromMillis(MONDAY + offset))
              .setLogOffset(offset++));
    }
    return ProfileServiceGrpc.newBlockingStub(server.channel())
        .apply(request.build())
        .getUserNumbersList();
  }

  private Failure refusal(Role role, Function<IdentityServiceBlockingStub, ?> call) {
    return ProfileServer.refusal(
        () -> as(role, () -> call.apply(IdentityServiceGrpc.newBlockingStub(server.channel()))));
  }

  private <T> T as(Role role, Supplier<T> call) {
    return CallerContext.as(new Caller(project, "person:ann", role), call::get);
  }
}
