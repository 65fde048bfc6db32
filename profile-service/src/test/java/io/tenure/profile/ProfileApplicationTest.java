package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Timestamps;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.profile.v1.Activity;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ApplyResponse;
import io.tenure.proto.profile.v1.BatchGetProfilesRequest;
import io.tenure.proto.profile.v1.DayCount;
import io.tenure.proto.profile.v1.EventTally;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.NumberHistory;
import io.tenure.proto.profile.v1.NumberPoint;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.ProfileServiceGrpc.ProfileServiceBlockingStub;
import io.tenure.proto.profile.v1.ProfileView;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.TraitChange.Operation;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole service on real stores, asked as its neighbours ask it. */
final class ProfileApplicationTest {

  private static ProfileServer server;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());

  @BeforeAll
  static void start() {
    server = ProfileServer.start("profile_service");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void appliesRecordsAndReturnsTheProfile() {
    ApplyResponse applied =
        apply(
            record(0).setAnonymousId("手机").setEventName("AppInstall"),
            record(1).setAnonymousId("手机").setLoginId("王芳").setBind(true),
            record(2)
                .setLoginId("王芳")
                .setEventName("Deposit")
                .addChanges(change(Operation.OPERATION_INCREMENT, "balance", "100.10"))
                .addChanges(change(Operation.OPERATION_INCREMENT, "balance", "0.2"))
                .addChanges(change(Operation.OPERATION_SET, "city", "\"北京\""))
                .addChanges(change(Operation.OPERATION_SET, "vip", "true"))
                .addChanges(change(Operation.OPERATION_APPEND, "funds", "[\"a\", \"b\"]")));

    assertThat(applied.getUserNumbersList()).containsExactly(1, 1, 1);
    Profile profile = get("王芳");
    assertThat(profile.getUserNumber()).isEqualTo(1);
    assertThat(profile.getLoginId()).isEqualTo("王芳");
    assertThat(profile.getAnonymousIdsList()).containsExactly("手机");
    assertThat(profile.getEventCount()).isEqualTo(2);
    assertThat(Timestamps.toMillis(profile.getFirstSeenTime())).isEqualTo(1_772_000_000_000L);
    assertThat(Timestamps.toMillis(profile.getLastSeenTime())).isEqualTo(1_772_000_002_000L);
    Struct traits = profile.getTraits();
    assertThat(traits.getFieldsMap()).containsOnlyKeys("balance", "city", "vip", "funds");
    assertThat(traits.getFieldsOrThrow("balance").getNumberValue()).isEqualTo(100.3);
    assertThat(traits.getFieldsOrThrow("city").getStringValue()).isEqualTo("北京");
    assertThat(traits.getFieldsOrThrow("vip").getBoolValue()).isTrue();
    assertThat(traits.getFieldsOrThrow("funds").getListValue().getValuesCount()).isEqualTo(2);
    assertThat(get("手机")).isEqualTo(profile);
    assertThat(get("user_number:1")).isEqualTo(profile);
  }

  @Test
  void tellsWhatAUserDidLatelyWhenAsked() {
    apply(
        record(0).setLoginId("anna").setEventName("Login"),
        record(1).setLoginId("anna").setEventName("Deposit"),
        record(2).setLoginId("anna").setEventName("Login"),
        record(3)
            .setLoginId("anna")
            .addChanges(change(Operation.OPERATION_SET, "balance", "100.10")),
        record(4)
            .setLoginId("anna")
            .addChanges(change(Operation.OPERATION_INCREMENT, "balance", "-0.1")));

    assertThat(get("anna").hasActivity()).isFalse();
    Activity activity =
        as(
                project,
                Role.ANALYST,
                stub ->
                    stub.getProfile(
                        id("anna").toBuilder().setView(ProfileView.PROFILE_VIEW_FULL).build()))
            .getProfile()
            .getActivity();
    assertThat(activity.getEventsList())
        .extracting(EventTally::getEventName, EventTally::getCount)
        .containsExactly(tuple("Login", 2L), tuple("Deposit", 1L));
    assertThat(activity.getEvents(0).getDaysList())
        .containsExactly(DayCount.newBuilder().setDay("2026-02-25").setCount(2).build());
    assertThat(Timestamps.toMillis(activity.getEvents(0).getFirstTime()))
        .isEqualTo(1_772_000_000_000L);
    assertThat(activity.getSessionsList()).hasSize(1);
    assertThat(activity.getSessions(0).getEventCount()).isEqualTo(3);
    assertThat(activity.getNumbersList())
        .containsExactly(
            NumberHistory.newBuilder()
                .setTrait("balance")
                .addPoints(NumberPoint.newBuilder().setDay("2026-02-25").setNumber("100"))
                .build());
  }

  @Test
  void theActivityOfThePastIsNotKept() {
    apply(record(0).setLoginId("anna"));
    GetProfileRequest past =
        id("anna").toBuilder()
            .setView(ProfileView.PROFILE_VIEW_FULL)
            .setAsOfTime(Timestamps.fromMillis(1_772_000_000_000L))
            .build();
    assertThat(violations(refusal(stub -> stub.getProfile(past)))).containsExactly("view");
  }

  @Test
  void countsWhatItAppliedAndWhatWasRepeated() {
    double applied = counted("tenure.profile.records", "outcome", "applied");
    double repeated = counted("tenure.profile.records", "outcome", "repeated");
    double refused = counted("tenure.profile.changes.refused", "reason", "VALUE_MALFORMED");
    ProfileRecord.Builder[] batch = {
      record(0)
          .setLoginId("anna")
          .addChanges(change(Operation.OPERATION_SET, "broken", "{\"open\":"))
          .addChanges(change(Operation.OPERATION_SET, "age", "41"))
    };
    apply(batch);
    apply(batch);

    assertThat(counted("tenure.profile.records", "outcome", "applied")).isEqualTo(applied + 1);
    assertThat(counted("tenure.profile.records", "outcome", "repeated")).isEqualTo(repeated + 1);
    assertThat(counted("tenure.profile.changes.refused", "reason", "VALUE_MALFORMED"))
        .isEqualTo(refused + 1);
    assertThat(get("anna").getTraits().getFieldsMap()).containsOnlyKeys("age");
  }

  @Test
  void nobodyIsNotFound() {
    assertThat(refusal(stub -> stub.getProfile(id("nobody"))).reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal(stub -> stub.getProfile(id("user_number:9"))).reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void anotherProjectsUserIsNotFound() {
    apply(record(0).setLoginId("anna").setEventName("Login"));
    ProjectId other = new ProjectId("p" + UUID.randomUUID());
    assertThat(refusal(other, Role.ANALYST, stub -> stub.getProfile(id("anna"))).reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void anEmptyIdIsInvalid() {
    assertThat(violations(refusal(stub -> stub.getProfile(id(""))))).containsExactly("id");
  }

  @Test
  void aWriteKeyReadsNothing() {
    assertThat(refusal(project, Role.WRITER, stub -> stub.getProfile(id("anna"))).reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
  }

  @Test
  void batchAnswersInTheOrderOfTheIdsAndLeavesOutStrangers() {
    apply(
        record(0).setLoginId("anna").setEventName("Login"),
        record(1).setAnonymousId("phone").setEventName("Login"));
    List<Profile> found =
        as(
                project,
                Role.ANALYST,
                stub ->
                    stub.batchGetProfiles(
                        BatchGetProfilesRequest.newBuilder()
                            .addAllIds(List.of("phone", "nobody", "user_number:1"))
                            .build()))
            .getProfilesList();
    assertThat(found).extracting(Profile::getUserNumber).containsExactly(2, 1);
  }

  @Test
  void batchTakesUpToAThousandIds() {
    apply(record(0).setLoginId("anna").setEventName("Login"));
    List<String> thousand = Collections.nCopies(1_000, "anna");
    assertThat(
            as(project, Role.ANALYST, stub -> stub.batchGetProfiles(ids(thousand)))
                .getProfilesCount())
        .isEqualTo(1_000);
    assertThat(
            violations(
                refusal(stub -> stub.batchGetProfiles(ids(Collections.nCopies(1_001, "anna"))))))
        .containsExactly("ids");
    assertThat(violations(refusal(stub -> stub.batchGetProfiles(ids(List.of())))))
        .containsExactly("ids");
    assertThat(violations(refusal(stub -> stub.batchGetProfiles(ids(List.of("a", ""))))))
        .containsExactly("ids[1]");
  }

  @Test
  void applyNamesEveryViolation() {
    Failure refused =
        refusal(
            stub ->
                stub.apply(
                    ApplyRequest.newBuilder()
                        .addRecords(record(5).setLoginId("anna"))
                        .addRecords(record(5))
                        .addRecords(
                            record(6)
                                .setProjectId("No")
                                .setLoginId("x".repeat(2_000))
                                .clearEventTime())
                        .addRecords(
                            record(7)
                                .setLoginId("anna")
                                .addChanges(TraitChange.newBuilder().setName("age"))
                                .addChanges(change(Operation.OPERATION_SET, "", "1")))
                        .build()));
    assertThat(violations(refused))
        .containsExactly(
            "log_id",
            "records[1].log_offset",
            "records[1].login_id",
            "records[2].project_id",
            "records[2].login_id",
            "records[2].event_time",
            "records[3].changes[0].operation",
            "records[3].changes[1].name");
  }

  @Test
  void applyTakesUpToTenThousandRecords() {
    assertThat(
            apply(
                    IntStream.range(0, 10_000)
                        .mapToObj(i -> record(i).setAnonymousId("d" + i % 5_000))
                        .toArray(ProfileRecord.Builder[]::new))
                .getUserNumbersList())
        .containsAll(List.of(1, 5_000))
        .doesNotContain(5_001)
        .hasSize(10_000);
    assertThat(
            violations(
                refusal(
                    stub ->
                        stub.apply(
                            ApplyRequest.newBuilder()
                                .setLogId("log")
                                .addAllRecords(
                                    IntStream.range(0, 10_001)
                                        .mapToObj(i -> record(i).setAnonymousId("d").build())
                                        .toList())
                                .build()))))
        .containsExactly("records");
  }

  private ApplyResponse apply(ProfileRecord.Builder... records) {
    ApplyRequest.Builder request = ApplyRequest.newBuilder().setLogId("log");
    for (ProfileRecord.Builder record : records) {
      request.addRecords(record);
    }
    return ProfileServiceGrpc.newBlockingStub(server.channel()).apply(request.build());
  }

  private Profile get(String id) {
    return as(project, Role.ANALYST, stub -> stub.getProfile(id(id))).getProfile();
  }

  private Failure refusal(Function<ProfileServiceBlockingStub, ?> call) {
    return refusal(project, Role.ANALYST, call);
  }

  private static Failure refusal(
      ProjectId project, Role role, Function<ProfileServiceBlockingStub, ?> call) {
    return ProfileServer.refusal(() -> as(project, role, call));
  }

  private static <T> T as(
      ProjectId project, Role role, Function<ProfileServiceBlockingStub, T> call) {
    return CallerContext.as(
        new Caller(project, "person:test", role),
        () -> call.apply(ProfileServiceGrpc.newBlockingStub(server.channel())));
  }

  private static List<String> violations(Failure failure) {
    assertThat(failure.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
    return failure.violations().stream().map(FieldViolation::field).toList();
  }

  private ProfileRecord.Builder record(int offset) {
    return ProfileRecord.newBuilder()
        .setLogOffset(offset)
        .setProjectId(project.value())
        .setEventTime(Timestamps.fromMillis(1_772_000_000_000L + 1_000L * offset));
  }

  private static TraitChange change(Operation operation, String name, String json) {
    return TraitChange.newBuilder()
        .setOperation(operation)
        .setName(name)
        .setJsonValue(json)
        .build();
  }

  private static GetProfileRequest id(String id) {
    return GetProfileRequest.newBuilder().setId(id).build();
  }

  private static BatchGetProfilesRequest ids(List<String> ids) {
    return BatchGetProfilesRequest.newBuilder().addAllIds(ids).build();
  }

  private static double counted(String meter, String key, String value) {
    return server.bean(MeterRegistry.class).counter(meter, key, value).count();
  }
}
