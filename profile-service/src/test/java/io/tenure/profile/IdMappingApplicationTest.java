package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.util.Timestamps;
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
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.IdentityDecision;
import io.tenure.proto.profile.v1.IdentityDecision.Rule;
import io.tenure.proto.profile.v1.IdentityKey;
import io.tenure.proto.profile.v1.IdentityKey.Overflow;
import io.tenure.proto.profile.v1.IdentityKey.Values;
import io.tenure.proto.profile.v1.IdentityPlan;
import io.tenure.proto.profile.v1.IdentityPlan.Kind;
import io.tenure.proto.profile.v1.IdentityServiceGrpc;
import io.tenure.proto.profile.v1.IdentityServiceGrpc.IdentityServiceBlockingStub;
import io.tenure.proto.profile.v1.KeyedId;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileQueryServiceGrpc;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.SearchProfilesRequest;
import io.tenure.proto.profile.v1.UpdateIdentityPlanRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plan ID_MAPPING as its callers see it. */
final class IdMappingApplicationTest {

  private static final String MAIL = "$identity_email";

  private static ProfileServer server;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private long offset;

  @BeforeAll
  static void start() {
    server = ProfileServer.start("mapping");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void returnsThePlanAsItWasChosen() {
    IdentityPlan chosen =
        choose(
            key("$identity_login_id", Values.VALUES_SINGLE).build(),
            key(MAIL, Values.VALUES_MULTI).setOverflow(Overflow.OVERFLOW_REPLACE_OLDEST).build(),
            key("open.id", Values.VALUES_MULTI).setCap(3).setParent(MAIL).build());

    assertThat(chosen.getKind()).isEqualTo(Kind.KIND_ID_MAPPING);
    assertThat(chosen.getKeysList())
        .extracting(IdentityKey::getName, IdentityKey::getCap, IdentityKey::getParent)
        .containsExactly(
            tuple("$identity_login_id", 1, ""), tuple(MAIL, 10, ""), tuple("open.id", 3, MAIL));
    assertThat(chosen.getKeysList())
        .extracting(IdentityKey::getOverflow)
        .containsExactly(
            Overflow.OVERFLOW_REFUSE, Overflow.OVERFLOW_REPLACE_OLDEST, Overflow.OVERFLOW_REFUSE);
    assertThat(
            as(() -> identities().getIdentityPlan(GetIdentityPlanRequest.getDefaultInstance()))
                .getPlan())
        .isEqualTo(chosen);
  }

  @Test
  void namesEverythingThatIsWrongWithAPlan() {
    assertThat(
            violations(
                key("a:b", Values.VALUES_SINGLE).setCap(2).build(),
                key("", Values.VALUES_UNSPECIFIED).build(),
                key("m", Values.VALUES_MULTI).setCap(101).setParent("later").build(),
                key("m", Values.VALUES_MULTI).setCap(1).setOverflowValue(9).build()))
        .containsExactlyInAnyOrder(
            "plan.keys[0].name",
            "plan.keys[0].cap",
            "plan.keys[1].name",
            "plan.keys[1].values",
            "plan.keys[2].cap",
            "plan.keys[2].parent",
            "plan.keys[3].name",
            "plan.keys[3].cap",
            "plan.keys[3].overflow");
    assertThat(violations()).containsExactly("plan.keys");
    assertThat(
            refusal(
                IdentityPlan.newBuilder()
                    .setKind(Kind.KIND_MANY_TO_ONE)
                    .addKeys(key("m", Values.VALUES_SINGLE))))
        .containsExactly("plan.keys");
  }

  @Test
  void aChangeThatWouldChangeUsersIsRefused() {
    choose(key("a", Values.VALUES_SINGLE).build(), key("b", Values.VALUES_SINGLE).build());
    apply(record("a", "1"));

    assertThat(
            ProfileServer.refusal(
                    () ->
                        choose(
                            key("b", Values.VALUES_SINGLE).build(),
                            key("a", Values.VALUES_SINGLE).build()))
                .reason())
        .isEqualTo(Reason.FAILED_PRECONDITION);
    choose(
        key("a", Values.VALUES_MULTI).build(),
        key("b", Values.VALUES_SINGLE).build(),
        key("c", Values.VALUES_SINGLE).build());
  }

  @Test
  void findsAUserByEachOfItsIds() {
    choosePersons();
    apply(
        record(
            "$identity_login_id", "ann", MAIL, "a:b@example.com", "$identity_anonymous_id", "d"));

    for (String id :
        List.of("ann", "d", "user_number:1", "identity:" + MAIL + ":a:b@example.com")) {
      assertThat(profile(id).getUserNumber()).as(id).isEqualTo(1);
      assertThat(search(id)).as(id).extracting(Profile::getUserNumber).containsExactly(1);
    }
    assertThat(profile("ann").getIdentitiesList())
        .containsExactly(
            id("$identity_login_id", "ann"),
            id(MAIL, "a:b@example.com"),
            id("$identity_anonymous_id", "d"));
    assertThat(profile("d").getLoginId()).isEqualTo("ann");
    assertThat(profile("d").getAnonymousIdsList()).containsExactly("d");
    assertThat(ProfileServer.refusal(() -> profile("a:b@example.com")).reason())
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(search("identity:$identity_login_id:a:b@example.com")).isEmpty();
  }

  @Test
  void anIdThatOnlyLooksLikeAKeyStaysAnIdByTheOtherPlans() {
    apply(ProfileRecord.newBuilder().setLoginId("identity:" + MAIL + ":x"));
    assertThat(profile("identity:" + MAIL + ":x").getIdentitiesList()).isEmpty();
    assertThat(profile("identity:" + MAIL + ":x").getLoginId()).endsWith(":x");
  }

  @Test
  void otherPlansIgnoreKeys() {
    assertThat(
            apply(
                record(MAIL, "a").setLoginId("ann").setAnonymousId(""),
                record(MAIL, "a").setLoginId("ben").setAnonymousId("")))
        .containsExactly(1, 2);
  }

  @Test
  void explainsAConflictWithBothUsers() {
    choosePersons();
    apply(
        record("$identity_login_id", "ann", MAIL, "a"),
        record("$identity_login_id", "ben"),
        record("$identity_login_id", "ben", MAIL, "a").setBind(true));

    ExplainIdentityResponse mail =
        explain(ExplainIdentityRequest.newBuilder().setIdentity(MAIL + ":a"));
    assertThat(mail.getUserNumber()).isEqualTo(1);
    IdentityDecision conflict = mail.getDecisions(0);
    assertThat(conflict.getRule()).isEqualTo(Rule.RULE_CONFLICT);
    assertThat(conflict.getUserNumber()).isEqualTo(1);
    assertThat(conflict.getOtherUserNumber()).isEqualTo(2);
    assertThat(conflict.getIdentity()).isEqualTo(id(MAIL, "a"));
    assertThat(conflict.getOtherIdentity()).isEqualTo(id("$identity_login_id", "ben"));
    assertThat(conflict.getLogOffset()).isEqualTo(2);
    ExplainIdentityResponse login = explain(ExplainIdentityRequest.newBuilder().setLoginId("ben"));
    assertThat(login.getUserNumber()).isEqualTo(2);
    assertThat(login.getDecisionsList())
        .extracting(IdentityDecision::getRule)
        .containsExactly(Rule.RULE_NEW_USER);
  }

  @Test
  void anIdentityIsAskedAboutInItsForm() {
    for (String malformed : List.of("mail", ":a", "mail:")) {
      assertThat(
              ProfileServer.refusal(
                      () -> explain(ExplainIdentityRequest.newBuilder().setIdentity(malformed)))
                  .violations())
          .extracting(FieldViolation::field)
          .containsExactly("identity");
    }
  }

  private void choosePersons() {
    choose(
        key("$identity_login_id", Values.VALUES_SINGLE).build(),
        key(MAIL, Values.VALUES_MULTI).build(),
        key("$identity_anonymous_id", Values.VALUES_MULTI).build());
  }

  private IdentityPlan choose(IdentityKey... keys) {
    return update(
        IdentityPlan.newBuilder().setKind(Kind.KIND_ID_MAPPING).addAllKeys(List.of(keys)));
  }

  private IdentityPlan update(IdentityPlan.Builder plan) {
    return as(
        () ->
            identities()
                .updateIdentityPlan(UpdateIdentityPlanRequest.newBuilder().setPlan(plan).build())
                .getPlan());
  }

  private List<String> violations(IdentityKey... keys) {
    return refusal(
        IdentityPlan.newBuilder().setKind(Kind.KIND_ID_MAPPING).addAllKeys(List.of(keys)));
  }

  private List<String> refusal(IdentityPlan.Builder plan) {
    return ProfileServer.refusal(() -> update(plan)).violations().stream()
        .map(FieldViolation::field)
        .toList();
  }

  private static IdentityKey.Builder key(String name, Values values) {
    return IdentityKey.newBuilder().setName(name).setValues(values);
  }

  private static KeyedId id(String key, String value) {
    return KeyedId.newBuilder().setKey(key).setValue(value).build();
  }

  /** With one id under a key of its own at least, as the collector sends it. */
  private static ProfileRecord.Builder record(String... keysAndValues) {
    ProfileRecord.Builder record = ProfileRecord.newBuilder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      record.addIdentities(id(keysAndValues[i], keysAndValues[i + 1]));
    }
    return record.setAnonymousId(keysAndValues[0] + ":" + keysAndValues[1]);
  }

  private List<Integer> apply(ProfileRecord.Builder... records) {
    ApplyRequest.Builder request = ApplyRequest.newBuilder().setLogId("log-" + project);
    for (ProfileRecord.Builder record : records) {
      request.addRecords(
          record
              .setProjectId(project.value())
              .setEventTime(Timestamps.fromMillis(1_772_000_000_000L + offset))
              .setLogOffset(offset++));
    }
    return ProfileServiceGrpc.newBlockingStub(server.channel())
        .apply(request.build())
        .getUserNumbersList();
  }

  private Profile profile(String id) {
    return as(
        () ->
            ProfileServiceGrpc.newBlockingStub(server.channel())
                .getProfile(GetProfileRequest.newBuilder().setId(id).build())
                .getProfile());
  }

  private List<Profile> search(String id) {
    return as(
        () ->
            ProfileQueryServiceGrpc.newBlockingStub(server.channel())
                .searchProfiles(SearchProfilesRequest.newBuilder().setId(id).build())
                .getProfilesList());
  }

  private ExplainIdentityResponse explain(ExplainIdentityRequest.Builder request) {
    return as(() -> identities().explainIdentity(request.build()));
  }

  private static IdentityServiceBlockingStub identities() {
    return IdentityServiceGrpc.newBlockingStub(server.channel());
  }

  private <T> T as(Supplier<T> call) {
    return CallerContext.as(new Caller(project, "person:ann", Role.ADMINISTRATOR), call::get);
  }
}
