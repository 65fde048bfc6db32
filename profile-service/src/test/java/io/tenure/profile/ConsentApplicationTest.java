package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.consent.v1.ConsentDecision;
import io.tenure.proto.consent.v1.ConsentEntry;
import io.tenure.proto.consent.v1.ConsentPolicy;
import io.tenure.proto.consent.v1.ConsentServiceGrpc;
import io.tenure.proto.consent.v1.ConsentServiceGrpc.ConsentServiceBlockingStub;
import io.tenure.proto.consent.v1.ConsentSource;
import io.tenure.proto.consent.v1.ConsentState;
import io.tenure.proto.consent.v1.ConsentStatement;
import io.tenure.proto.consent.v1.FindNotAllowedRequest;
import io.tenure.proto.consent.v1.GetConsentPolicyRequest;
import io.tenure.proto.consent.v1.GetConsentsRequest;
import io.tenure.proto.consent.v1.ListConsentEntriesRequest;
import io.tenure.proto.consent.v1.ListConsentEntriesResponse;
import io.tenure.proto.consent.v1.ListObjectionsRequest;
import io.tenure.proto.consent.v1.ListObjectionsResponse;
import io.tenure.proto.consent.v1.Purpose;
import io.tenure.proto.consent.v1.PurposeConsent;
import io.tenure.proto.consent.v1.PurposePolicy;
import io.tenure.proto.consent.v1.RecordConsentsRequest;
import io.tenure.proto.consent.v1.UpdateConsentPolicyRequest;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.IdentityPlan;
import io.tenure.proto.profile.v1.IdentityServiceGrpc;
import io.tenure.proto.profile.v1.MergeServiceGrpc;
import io.tenure.proto.profile.v1.MergeUsersRequest;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.UndoMergeRequest;
import io.tenure.proto.profile.v1.UpdateIdentityPlanRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Consent as its callers see it, on real stores. */
final class ConsentApplicationTest {

  private static ProfileServer server;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private long offset;

  @BeforeAll
  static void start() {
    server = ProfileServer.start("consent");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "PURPOSE_ANALYTICS, GRANTED, true, true",
    "PURPOSE_ANALYTICS, WITHDRAWN, false, false",
    "PURPOSE_PROFILING, GRANTED, true, true",
    "PURPOSE_PROFILING, WITHDRAWN, true, false",
    "PURPOSE_MARKETING, WITHDRAWN, true, true",
    "PURPOSE_SHARING, WITHDRAWN, true, true",
  })
  void eachPurposeStopsWhatItIsFor(
      Purpose purpose, String state, boolean stored, boolean profiled) {
    apply(set(of("anna", ""), "city", "\"Brno\""));
    decide("r1", login("anna", purpose, ConsentState.valueOf("CONSENT_STATE_" + state)));

    List<Integer> numbers = apply(event(of("anna", "")), set(of("anna", ""), "city", "\"Praha\""));

    assertThat(numbers).isEqualTo(stored ? List.of(1, 1) : List.of(0, 0));
    Profile profile = profile("anna");
    assertThat(profile.getTraits().getFieldsOrThrow("city").getStringValue())
        .isEqualTo(profiled ? "Praha" : "Brno");
    assertThat(profile.getEventCount()).isEqualTo(profiled ? 1 : 0);
  }

  @Test
  void aWithdrawalIsComparedWithTheTimeARecordCameIn() {
    apply(event(of("anna", "")));
    Instant before = Instant.now().minusSeconds(60);
    ConsentEntry entry = decide("r1", withdrawn("anna", Purpose.PURPOSE_ANALYTICS)).getFirst();

    assertThat(apply(receivedAt(event(of("anna", "")), before), event(of("anna", ""))))
        .containsExactly(1, 0);

    decide("r2", granted("anna", Purpose.PURPOSE_ANALYTICS, ""));
    ProfileRecord.Builder inBetween = event(of("anna", ""));
    inBetween.setReceiveTime(entry.getEffectiveTime());
    assertThat(apply(inBetween, event(of("anna", "")))).containsExactly(0, 1);
  }

  @Test
  void aDecisionInTheStreamCountsForTheRecordsAfterItAndForNobodyElse() {
    List<Integer> numbers =
        apply(
            event(of("anna", "")),
            says(of("anna", ""), "analytics", false),
            event(of("anna", "")),
            event(of("ben", "")));

    assertThat(numbers).containsExactly(1, 0, 0, 2);
    assertThat(apply(event(of("anna", "")), event(of("ben", "")))).containsExactly(0, 2);
    ConsentEntry entry = entries("anna", 10, "").getEntries(0);
    assertThat(entry.getState()).isEqualTo(ConsentState.CONSENT_STATE_WITHDRAWN);
    assertThat(entry.getSource()).isEqualTo(ConsentSource.CONSENT_SOURCE_APP);
    assertThat(entry.getUserNumber()).isEqualTo(1);
    assertThat(entry.getTextVersion()).isEqualTo("t1");

    apply(says(of("anna", ""), "analytics", true));
    assertThat(apply(event(of("anna", "")))).containsExactly(1);
  }

  @Test
  void aRepeatedBatchIsJudgedAsBeforeAndWritesNothingTwice() {
    ProfileRecord.Builder[] batch = {
      event(of("anna", "")), says(of("anna", ""), "analytics", false), event(of("anna", ""))
    };
    List<Integer> first = apply(batch);
    offset -= batch.length;

    assertThat(apply(batch)).isEqualTo(first);
    assertThat(entries("anna", 10, "").getEntriesCount()).isEqualTo(1);
  }

  @Test
  void whatIsAttachedToEventsIsWrittenDownWhenItChangesSomething() {
    assertThat(
            apply(
                attached(event(of("anna", "")), "Analytics", true),
                attached(event(of("anna", "")), "Analytics", true),
                attached(event(of("anna", "")), "Analytics", false),
                attached(event(of("anna", "")), "Analytics", false),
                attached(event(of("anna", "")), "unheard of", false)))
        .containsExactly(1, 1, 0, 0, 0);

    assertThat(entries("anna", 10, "").getEntriesList())
        .extracting(ConsentEntry::getState)
        .containsExactly(ConsentState.CONSENT_STATE_WITHDRAWN, ConsentState.CONSENT_STATE_GRANTED);
  }

  @Test
  void aPersonKnownOnlyByADeviceKeepsTheirNoWhenTheySignIn() {
    apply(says(of("", "phone"), "analytics", false));
    assertThat(apply(event(of("", "phone")))).containsExactly(0);

    assertThat(apply(bind("anna", "phone"), event(of("anna", "")))).containsExactly(0, 0);
    assertThat(apply(event(of("anna", "")), event(of("ben", "")))).containsExactly(0, 2);
    assertThat(states("anna").getReason()).isEqualTo(PurposeConsent.Reason.REASON_WITHDRAWN);
  }

  @Test
  void aNoSaidOnADeviceFollowsItToTheLoginThatTakesIt() {
    as(
        Role.ADMINISTRATOR,
        () ->
            IdentityServiceGrpc.newBlockingStub(server.channel())
                .updateIdentityPlan(
                    UpdateIdentityPlanRequest.newBuilder()
                        .setPlan(
                            IdentityPlan.newBuilder().setKind(IdentityPlan.Kind.KIND_MANY_TO_ONE))
                        .build()));
    apply(event(of("anna", "")), event(of("", "tablet")));
    apply(says(of("", "tablet"), "analytics", false));
    assertThat(apply(event(of("anna", "")))).containsExactly(1);

    apply(bind("anna", "tablet"));

    assertThat(apply(event(of("anna", "")), event(of("", "tablet")))).containsExactly(0, 0);
  }

  @Test
  @Timeout(120)
  void aNoOfOneOfTwoUsersWhoAreOnePersonIsThePersonsUntilTheyAreTakenApart() throws Exception {
    apply(event(of("anna", "")), event(of("ben", "")));
    decide("r1", granted("anna", Purpose.PURPOSE_ANALYTICS, ""));
    decide("r2", withdrawn("ben", Purpose.PURPOSE_ANALYTICS));
    MergeServiceGrpc.MergeServiceBlockingStub merges =
        MergeServiceGrpc.newBlockingStub(server.channel());

    String id =
        as(
            Role.ADMINISTRATOR,
            () ->
                merges
                    .mergeUsers(
                        MergeUsersRequest.newBuilder()
                            .setUserId("anna")
                            .setOtherUserId("ben")
                            .setReason("the same")
                            .build())
                    .getMerge()
                    .getId());
    while (!apply(event(of("anna", ""))).equals(List.of(0))) {
      Thread.sleep(200);
    }
    assertThat(apply(event(of("ben", "")))).containsExactly(0);
    assertThat(entries("anna", 10, "").getEntriesCount()).isEqualTo(2);

    as(Role.ADMINISTRATOR, () -> merges.undoMerge(UndoMergeRequest.newBuilder().setId(id).build()));
    while (apply(event(of("anna", ""))).equals(List.of(0))) {
      Thread.sleep(200);
    }
    assertThat(apply(event(of("ben", "")))).containsExactly(0);
  }

  @Test
  void anImportAboutSomebodyNobodyKnowsYetCountsWhenTheyCome() {
    decide("r1", withdrawn("anna", Purpose.PURPOSE_ANALYTICS));

    assertThat(apply(event(of("anna", "")), event(of("ben", "")))).containsExactly(0, 1);
    assertThat(states("anna").getAllowed()).isFalse();
  }

  @Test
  void silenceIsANoWhereThePolicySaysSo() {
    policy(Purpose.PURPOSE_ANALYTICS, false, "", false);

    assertThat(apply(event(of("anna", "")))).containsExactly(0);
    assertThat(ProfileServer.refusal(() -> profile("anna")).reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(apply(says(of("anna", ""), "analytics", true), event(of("anna", ""))))
        .containsExactly(0, 1);
    assertThat(apply(event(of("anna", "")), event(of("ben", "")))).containsExactly(1, 0);
  }

  @Test
  void aGrantOfAnOlderTextCountsOnlyWhereThePolicySaysSo() {
    policy(Purpose.PURPOSE_ANALYTICS, false, "2", false);
    decide("r1", granted("anna", Purpose.PURPOSE_ANALYTICS, "1"));
    assertThat(apply(event(of("anna", "")))).containsExactly(1);

    policy(Purpose.PURPOSE_ANALYTICS, false, "2", true);
    assertThat(apply(event(of("anna", "")))).containsExactly(0);
    assertThat(states("anna").getReason()).isEqualTo(PurposeConsent.Reason.REASON_TEXT_OUTDATED);

    decide("r2", granted("anna", Purpose.PURPOSE_ANALYTICS, "2"));
    assertThat(apply(event(of("anna", "")))).containsExactly(1);
  }

  @Test
  void theSameRequestWritesNothingTwice() {
    List<ConsentEntry> first = decide("r1", withdrawn("anna", Purpose.PURPOSE_MARKETING));

    assertThat(decide("r1", withdrawn("anna", Purpose.PURPOSE_MARKETING))).isEqualTo(first);
    assertThat(entries("anna", 10, "").getEntriesCount()).isEqualTo(1);
    assertThat(first.getFirst().getAuthor()).isEqualTo("person:ann");
  }

  @Test
  void pagesThroughThePastOfAPersonNewestFirst() {
    for (int i = 0; i < 5; i++) {
      decide("r" + i, granted("anna", Purpose.PURPOSE_SHARING, "t" + i));
    }
    List<String> versions = new ArrayList<>();
    String token = "";
    do {
      ListConsentEntriesResponse page = entries("anna", 2, token);
      page.getEntriesList().forEach(entry -> versions.add(entry.getTextVersion()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(versions).containsExactly("t4", "t3", "t2", "t1", "t0");
  }

  @Test
  void aYesFromBeforeANoIsFoundAgainWhenTheNoIsImportedLater() {
    apply(event(of("anna", "")));
    decide("r1", granted("anna", Purpose.PURPOSE_ANALYTICS, ""));
    ConsentDecision old =
        withdrawn("anna", Purpose.PURPOSE_ANALYTICS).toBuilder()
            .setEffectiveTime(Timestamps.fromMillis(Instant.now().toEpochMilli() - 3_600_000))
            .build();
    as(
        Role.EDITOR,
        () ->
            stub()
                .recordConsents(
                    RecordConsentsRequest.newBuilder()
                        .setRequestId("r2")
                        .setSource(ConsentSource.CONSENT_SOURCE_IMPORT)
                        .addDecisions(old)
                        .build()));

    assertThat(apply(event(of("anna", "")))).containsExactly(1);
    assertThat(apply(receivedAt(event(of("anna", "")), Instant.now().minusSeconds(600))))
        .containsExactly(0);
  }

  @Test
  void tellsForWhomMessagesMustNotBeMade() {
    apply(event(of("anna", "")), event(of("ben", "")), event(of("carl", "")));
    decide("r1", withdrawn("ben", Purpose.PURPOSE_MARKETING));
    decide("r2", withdrawn("carl", Purpose.PURPOSE_SHARING));

    assertThat(notAllowed(Purpose.PURPOSE_MARKETING)).containsExactly(2);
    assertThat(notAllowed(Purpose.PURPOSE_MARKETING, Purpose.PURPOSE_SHARING))
        .containsExactly(2, 3);
  }

  @Test
  void collectorsHearWhoseRecordsNotToTakeWithoutAnyId() {
    apply(bind("anna", "phone"), event(of("ben", "")));
    Objections heard = new Objections();
    heard.ask();
    int others = heard.ids.size();

    decide("r1", withdrawn("anna", Purpose.PURPOSE_ANALYTICS));
    heard.ask();

    assertThat(heard.ids).hasSize(others + 2);
    assertThat(heard.reset).isFalse();
    decide("r2", granted("anna", Purpose.PURPOSE_ANALYTICS, ""));
    heard.ask();
    assertThat(heard.ids).hasSize(others);

    heard.token = "another:3";
    heard.ask();
    assertThat(heard.reset).isTrue();
  }

  @Test
  void everyRoleDoesWhatItMay() {
    RecordConsentsRequest record =
        RecordConsentsRequest.newBuilder()
            .setRequestId("r")
            .addDecisions(withdrawn("anna", Purpose.PURPOSE_ANALYTICS))
            .build();
    assertThat(refusal(Role.ANALYST, stub -> stub.recordConsents(record)))
        .isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(
            refusal(
                Role.EDITOR,
                stub -> stub.updateConsentPolicy(UpdateConsentPolicyRequest.getDefaultInstance())))
        .isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(
            refusal(
                Role.WRITER,
                stub -> stub.getConsents(GetConsentsRequest.newBuilder().setUserId("a").build())))
        .isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(
            refusal(
                Role.EDITOR,
                stub -> stub.recordConsents(RecordConsentsRequest.getDefaultInstance())))
        .isEqualTo(Reason.INVALID_ARGUMENT);
  }

  @Test
  void aPolicyNeedsACurrentEtag() {
    policy(Purpose.PURPOSE_ANALYTICS, false, "", false);
    ConsentPolicy stale = ConsentPolicy.newBuilder().setEtag("99").build();

    assertThat(
            refusal(
                Role.ADMINISTRATOR,
                stub ->
                    stub.updateConsentPolicy(
                        UpdateConsentPolicyRequest.newBuilder().setPolicy(stale).build())))
        .isEqualTo(Reason.ABORTED);
    ConsentPolicy current =
        as(
            Role.ANALYST,
            () ->
                stub().getConsentPolicy(GetConsentPolicyRequest.getDefaultInstance()).getPolicy());
    assertThat(current.getPurposesList())
        .filteredOn(one -> !one.getMissingAllowed())
        .extracting(PurposePolicy::getPurpose)
        .containsExactly(Purpose.PURPOSE_ANALYTICS);
  }

  /** What a collector knows. */
  private static final class Objections {
    private final Set<Long> ids = new HashSet<>();
    private String token = "";
    private boolean reset;

    void ask() {
      Iterator<ListObjectionsResponse> replies =
          ConsentServiceGrpc.newBlockingStub(server.channel())
              .listObjections(ListObjectionsRequest.newBuilder().setToken(token).build());
      reset = false;
      replies.forEachRemaining(
          reply -> {
            if (reply.getReset()) {
              reset = true;
              ids.clear();
            }
            ids.addAll(reply.getAddedList());
            reply.getRemovedList().forEach(ids::remove);
            token = reply.getToken();
          });
    }
  }

  private List<Integer> notAllowed(Purpose... purposes) {
    return as(
        Role.ANALYST,
        () ->
            stub()
                .findNotAllowed(
                    FindNotAllowedRequest.newBuilder()
                        .addAllPurposes(List.of(purposes))
                        .addAllUserNumbers(List.of(1, 2, 3))
                        .build())
                .getUserNumbersList());
  }

  private void policy(Purpose purpose, boolean missing, String version, boolean currentOnly) {
    ConsentPolicy policy =
        ConsentPolicy.newBuilder()
            .addPurposes(
                PurposePolicy.newBuilder()
                    .setPurpose(purpose)
                    .setMissingAllowed(missing)
                    .setTextVersion(version)
                    .setCurrentTextOnly(currentOnly))
            .build();
    as(
        Role.ADMINISTRATOR,
        () ->
            stub()
                .updateConsentPolicy(
                    UpdateConsentPolicyRequest.newBuilder().setPolicy(policy).build()));
  }

  private PurposeConsent states(String id) {
    return as(
        Role.ANALYST,
        () ->
            stub()
                .getConsents(GetConsentsRequest.newBuilder().setUserId(id).build())
                .getPurposesList()
                .getFirst());
  }

  private ListConsentEntriesResponse entries(String id, int size, String token) {
    return as(
        Role.ANALYST,
        () ->
            stub()
                .listConsentEntries(
                    ListConsentEntriesRequest.newBuilder()
                        .setUserId(id)
                        .setPageSize(size)
                        .setPageToken(token)
                        .build()));
  }

  private List<ConsentEntry> decide(String request, ConsentDecision decision) {
    return as(
        Role.EDITOR,
        () ->
            stub()
                .recordConsents(
                    RecordConsentsRequest.newBuilder()
                        .setRequestId(request)
                        .addDecisions(decision)
                        .build())
                .getEntriesList());
  }

  private static ConsentDecision withdrawn(String login, Purpose purpose) {
    return login(login, purpose, ConsentState.CONSENT_STATE_WITHDRAWN);
  }

  private static ConsentDecision granted(String login, Purpose purpose, String version) {
    return login(login, purpose, ConsentState.CONSENT_STATE_GRANTED).toBuilder()
        .setTextVersion(version)
        .build();
  }

  private static ConsentDecision login(String login, Purpose purpose, ConsentState state) {
    return ConsentDecision.newBuilder()
        .setLoginId(login)
        .setPurpose(purpose)
        .setState(state)
        .build();
  }

  private ProfileRecord.Builder of(String login, String device) {
    return ProfileRecord.newBuilder()
        .setProjectId(project.value())
        .setLoginId(login)
        .setAnonymousId(device)
        .setEventTime(Timestamps.fromMillis(1_772_000_000_000L));
  }

  private ProfileRecord.Builder bind(String login, String device) {
    return of(login, device).setBind(true);
  }

  private static ProfileRecord.Builder event(ProfileRecord.Builder record) {
    return record.setEventName("Open");
  }

  private static ProfileRecord.Builder set(
      ProfileRecord.Builder record, String trait, String json) {
    return record.addChanges(
        TraitChange.newBuilder()
            .setOperation(TraitChange.Operation.OPERATION_SET)
            .setName(trait)
            .setJsonValue(json));
  }

  private static ProfileRecord.Builder says(
      ProfileRecord.Builder record, String purpose, boolean yes) {
    return event(record)
        .addConsents(
            ConsentStatement.newBuilder()
                .setCategory(purpose)
                .setGranted(yes)
                .setTextVersion("t1")
                .setDecision(true));
  }

  private static ProfileRecord.Builder attached(
      ProfileRecord.Builder record, String category, boolean yes) {
    return record.addConsents(ConsentStatement.newBuilder().setCategory(category).setGranted(yes));
  }

  private static ProfileRecord.Builder receivedAt(ProfileRecord.Builder record, Instant time) {
    return record.setReceiveTime(Timestamps.fromMillis(time.toEpochMilli()));
  }

  private List<Integer> apply(ProfileRecord.Builder... records) {
    ApplyRequest.Builder request = ApplyRequest.newBuilder().setLogId("log-" + project);
    for (ProfileRecord.Builder record : records) {
      if (!record.hasReceiveTime()) {
        record.setReceiveTime(Timestamps.fromMillis(System.currentTimeMillis()));
      }
      request.addRecords(record.setLogOffset(++offset));
    }
    return ProfileServiceGrpc.newBlockingStub(server.channel())
        .apply(request.build())
        .getUserNumbersList();
  }

  private Profile profile(String id) {
    return as(
        Role.EDITOR,
        () ->
            ProfileServiceGrpc.newBlockingStub(server.channel())
                .getProfile(GetProfileRequest.newBuilder().setId(id).build())
                .getProfile());
  }

  private Reason refusal(Role role, Function<ConsentServiceBlockingStub, ?> call) {
    Failure failure = ProfileServer.refusal(() -> as(role, () -> call.apply(stub())));
    return failure.reason();
  }

  private static ConsentServiceBlockingStub stub() {
    return ConsentServiceGrpc.newBlockingStub(server.channel());
  }

  private <T> T as(Role role, Supplier<T> call) {
    return CallerContext.as(new Caller(project, "person:ann", role), call::get);
  }
}
