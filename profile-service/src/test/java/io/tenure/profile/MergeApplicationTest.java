package io.tenure.profile;

import static io.tenure.profile.ProfileServer.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ExplainIdentityRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.IdentityDecision;
import io.tenure.proto.profile.v1.IdentityServiceGrpc;
import io.tenure.proto.profile.v1.ListMergesRequest;
import io.tenure.proto.profile.v1.ListMergesResponse;
import io.tenure.proto.profile.v1.MergePreview;
import io.tenure.proto.profile.v1.MergeServiceGrpc;
import io.tenure.proto.profile.v1.MergeServiceGrpc.MergeServiceBlockingStub;
import io.tenure.proto.profile.v1.MergeUsersRequest;
import io.tenure.proto.profile.v1.PreviewMergeRequest;
import io.tenure.proto.profile.v1.PreviewUndoRequest;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.UndoMergeRequest;
import io.tenure.proto.profile.v1.UserMerge;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Merges as their callers see them. */
final class MergeApplicationTest {

  private static final long MONDAY = 1_772_000_000_000L;

  private static ProfileServer server;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private long offset;

  @BeforeAll
  static void start() {
    server = ProfileServer.start("merges");
    CollectorSchema.create(server.bean(ClickHouse.class));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theSurvivorHasWhatBothHadAndSaysWhoMergedThem() {
    apply(of("", "phone", "city", "\"Xi'an\""), of("anna", "", "name", "\"Anna\""));

    UserMerge merge = merge("phone", "anna");

    assertThat(merge.getState()).isEqualTo(UserMerge.State.STATE_MERGED);
    assertThat(merge.getSurvivor()).as("the one with a login").isEqualTo(2);
    Profile profile = profile("phone");
    assertThat(profile).isEqualTo(profile("anna")).isEqualTo(profile("user_number:1"));
    assertThat(profile.getUserNumber()).isEqualTo(2);
    assertThat(profile.getTraits().getFieldsMap()).containsOnlyKeys("city", "name");
    assertThat(profile.getEventCount()).isEqualTo(2);
    assertThat(profile.getMergedUsers(0).getAuthor()).isEqualTo("person:ann");
    assertThat(profile.getMergedUsers(0).getReason()).isEqualTo("one phone number");
    assertThat(rules("phone"))
        .containsExactly(IdentityDecision.Rule.RULE_MERGED, IdentityDecision.Rule.RULE_NEW_USER);
  }

  @Test
  void undoingBringsBothBackAndWhatHappenedSinceStays() {
    apply(of("", "phone", "city", "\"Xi'an\""), of("anna", "", "name", "\"Anna\""));
    UserMerge merge = merge("phone", "anna");
    apply(of("", "phone", "plan", "\"gold\""));

    MergePreview preview =
        as(
                Role.ANALYST,
                stub ->
                    stub.previewUndo(PreviewUndoRequest.newBuilder().setId(merge.getId()).build()))
            .getPreview();
    assertThat(preview.getAnonymousIdsList()).containsExactly("phone");
    assertThat(preview.getChangesList())
        .extracting(change -> change.getName())
        .containsExactly("city");
    assertThat(preview.getEventCountBefore()).isEqualTo(3);
    assertThat(preview.getEventCountAfter()).isEqualTo(2);

    assertThat(undo(merge.getId()).getState()).isEqualTo(UserMerge.State.STATE_UNDONE);
    assertThat(profile("phone").getTraits().getFieldsMap()).containsOnlyKeys("city");
    assertThat(profile("phone").getUserNumber()).isEqualTo(1);
    assertThat(profile("anna").getTraits().getFieldsMap()).containsOnlyKeys("name", "plan");
    assertThat(profile("anna").getEventCount()).isEqualTo(2);
    assertThat(refused(Role.EDITOR, stub -> stub.undoMerge(undoRequest(merge.getId()))))
        .isEqualTo(Reason.FAILED_PRECONDITION);
  }

  @Test
  void aPreviewTellsWhichValuesDifferAndChangesNothing() {
    apply(of("ann", "", "city", "\"Xi'an\""), of("anna", "", "city", "\"Wuhan\""));
    PreviewMergeRequest request =
        PreviewMergeRequest.newBuilder().setUserId("anna").setOtherUserId("ann").build();

    MergePreview preview = as(Role.ANALYST, stub -> stub.previewMerge(request)).getPreview();

    assertThat(preview.getSurvivor()).as("the older").isEqualTo(1);
    assertThat(preview.getLoginIdsList()).containsExactly("anna");
    assertThat(preview.getChangesList()).isEmpty();
    assertThat(preview.getContested(0).getValue().getStringValue()).isEqualTo("Xi'an");
    assertThat(preview.getContested(0).getOtherValue().getStringValue()).isEqualTo("Wuhan");
    assertThat(profile("anna").getUserNumber()).isEqualTo(2);
  }

  @Test
  void aLaterMergeIsUndoneFirst() {
    apply(of("a", ""), of("b", ""), of("c", ""));
    UserMerge first = merge("b", "c");
    UserMerge second = merge("c", "a");
    assertThat(profile("c").getOtherLoginIdsList()).containsExactlyInAnyOrder("b", "c");
    assertThat(refused(Role.EDITOR, stub -> stub.undoMerge(undoRequest(first.getId()))))
        .isEqualTo(Reason.FAILED_PRECONDITION);
    undo(second.getId());
    assertThat(profile("c").getUserNumber()).isEqualTo(2);
    undo(first.getId());
    assertThat(profile("c").getUserNumber()).isEqualTo(3);
  }

  @Test
  void listsMergesPageByPageAndByPerson() {
    apply(of("a", ""), of("b", ""), of("c", ""), of("d", ""));
    UserMerge first = merge("a", "b");
    UserMerge second = merge("c", "d");

    ListMergesResponse page =
        as(Role.ANALYST, s -> s.listMerges(ListMergesRequest.newBuilder().setPageSize(1).build()));
    assertThat(page.getMergesList()).containsExactly(second);
    ListMergesRequest next =
        ListMergesRequest.newBuilder().setPageSize(1).setPageToken(page.getNextPageToken()).build();
    assertThat(as(Role.ANALYST, stub -> stub.listMerges(next)).getMergesList())
        .containsExactly(first);
    ListMergesRequest ofB = ListMergesRequest.newBuilder().setUserId("b").build();
    assertThat(as(Role.ANALYST, stub -> stub.listMerges(ofB)).getMergesList())
        .containsExactly(first);
  }

  @Test
  void refusesWhatCannotBeMerged() {
    apply(of("anna", ""), of("ben", ""));
    assertThat(refused(Role.EDITOR, stub -> stub.mergeUsers(request("anna", "nobody"))))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(refused(Role.EDITOR, stub -> stub.mergeUsers(request("anna", "user_number:1"))))
        .isEqualTo(Reason.FAILED_PRECONDITION);
    assertThat(refused(Role.EDITOR, stub -> stub.mergeUsers(request("anna", ""))))
        .isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(refused(Role.ANALYST, stub -> stub.mergeUsers(request("anna", "ben"))))
        .isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(refused(Role.EDITOR, stub -> stub.undoMerge(undoRequest("none"))))
        .isEqualTo(Reason.NOT_FOUND);
    merge("anna", "ben");
    assertThat(refused(Role.EDITOR, stub -> stub.mergeUsers(request("ben", "anna"))))
        .as("already one")
        .isEqualTo(Reason.FAILED_PRECONDITION);
  }

  private UserMerge merge(String one, String other) {
    return as(Role.EDITOR, stub -> stub.mergeUsers(request(one, other))).getMerge();
  }

  private UserMerge undo(String id) {
    return as(Role.EDITOR, stub -> stub.undoMerge(undoRequest(id))).getMerge();
  }

  private static MergeUsersRequest request(String one, String other) {
    return MergeUsersRequest.newBuilder()
        .setUserId(one)
        .setOtherUserId(other)
        .setReason("one phone number")
        .build();
  }

  private static UndoMergeRequest undoRequest(String id) {
    return UndoMergeRequest.newBuilder().setId(id).build();
  }

  private Iterable<IdentityDecision.Rule> rules(String device) {
    return calling(
            Role.ANALYST,
            () ->
                IdentityServiceGrpc.newBlockingStub(server.channel())
                    .explainIdentity(
                        ExplainIdentityRequest.newBuilder().setAnonymousId(device).build()))
        .getDecisionsList()
        .stream()
        .map(IdentityDecision::getRule)
        .toList();
  }

  private Profile profile(String id) {
    return calling(
            Role.EDITOR,
            () ->
                ProfileServiceGrpc.newBlockingStub(server.channel())
                    .getProfile(GetProfileRequest.newBuilder().setId(id).build()))
        .getProfile();
  }

  private void apply(ProfileRecord.Builder... records) {
    ApplyRequest.Builder request = ApplyRequest.newBuilder().setLogId("log-" + project);
    for (ProfileRecord.Builder record : records) {
      request.addRecords(
          record
              .setProjectId(project.value())
              .setEventName("open")
              .setEventTime(Timestamps.fromMillis(MONDAY + offset))
              .setLogOffset(offset++));
    }
    var done = ProfileServiceGrpc.newBlockingStub(server.channel()).apply(request.build());
    assertThat(done.getUserNumbersCount()).isEqualTo(records.length);
  }

  private static ProfileRecord.Builder of(String login, String device) {
    return ProfileRecord.newBuilder().setLoginId(login).setAnonymousId(device);
  }

  private static ProfileRecord.Builder of(String login, String device, String trait, String json) {
    return of(login, device)
        .addChanges(
            TraitChange.newBuilder()
                .setName(trait)
                .setJsonValue(json)
                .setOperation(TraitChange.Operation.OPERATION_SET));
  }

  private Reason refused(Role role, Function<MergeServiceBlockingStub, ?> call) {
    return refusal(() -> as(role, call)).reason();
  }

  private <T> T as(Role role, Function<MergeServiceBlockingStub, T> call) {
    return calling(role, () -> call.apply(MergeServiceGrpc.newBlockingStub(server.channel())));
  }

  private <T> T calling(Role role, Supplier<T> call) {
    return CallerContext.as(new Caller(project, "person:ann", role), call::get);
  }
}
