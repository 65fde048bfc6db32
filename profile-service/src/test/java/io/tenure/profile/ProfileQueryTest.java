package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.EventTable.Row;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.Conditions;
import io.tenure.proto.condition.v1.EventCondition;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.TraitCondition;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.BatchGetProfilesRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.ListTimelineRequest;
import io.tenure.proto.profile.v1.ListTimelineResponse;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileQueryServiceGrpc;
import io.tenure.proto.profile.v1.ProfileQueryServiceGrpc.ProfileQueryServiceBlockingStub;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.ProfileServiceGrpc.ProfileServiceBlockingStub;
import io.tenure.proto.profile.v1.SearchProfilesRequest;
import io.tenure.proto.profile.v1.SearchProfilesResponse;
import io.tenure.proto.profile.v1.TimelineEvent;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.TraitChange.Operation;
import io.tenure.proto.profile.v1.WatchProfilesRequest;
import io.tenure.proto.profile.v1.WatchProfilesResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people ask about users, through the door. */
final class ProfileQueryTest {

  private static final Instant FIRST = Instant.parse("2026-02-25T06:13:20Z");

  private static ProfileServer server;
  private static EventTable events;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());

  @BeforeAll
  static void start() {
    server = ProfileServer.start("profile_query", "--tenure.profile.watch.patience=200ms");
    events = new EventTable(server.bean(ClickHouse.class));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Five customers; their balance is of class C2, their pin was given class C3 too late. */
  @BeforeEach
  void bank() {
    for (int i = 0; i < 5; i++) {
      apply(
          ProfileRecord.newBuilder()
              .setLogOffset(i)
              .setLoginId("user-" + i)
              .setEventName("Login")
              .addChanges(set("city", i % 2 == 0 ? "\"Wien\"" : "\"Graz\""))
              .addChanges(set("balance", Integer.toString(100 * i)))
              .addChanges(set("pin", "\"0000\"")));
    }
    definitions()
        .create(
            project,
            "plan",
            """
            {"mode": "OBSERVE",
             "events": [{"name": "Login", "properties": [{"name": "account", "dataClass": "C2"}]}],
             "traits": [{"name": "city", "dataClass": "C1"}, {"name": "balance", "dataClass": "C2"},
                        {"name": "pin", "dataClass": "C3"}]}
            """,
            "person:test");
  }

  @Test
  void searchesPageByPageAndCounts() {
    SearchProfilesRequest.Builder asked =
        SearchProfilesRequest.newBuilder()
            .setCondition(equal("city", "Wien"))
            .setOrderBy("last_seen_time desc")
            .setCountLimit(2);
    SearchProfilesResponse first = search(asked.setPageSize(2));
    assertThat(logins(first)).containsExactly("user-4", "user-2");
    assertThat(first.getTotalSize()).isEqualTo(2);
    assertThat(first.getTotalSizeCapped()).isTrue();
    SearchProfilesResponse second =
        search(asked.setPageToken(first.getNextPageToken()).setCountLimit(3).setPageSize(5));
    assertThat(logins(second)).containsExactly("user-0");
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(second.getTotalSize()).isEqualTo(3);
    assertThat(second.getTotalSizeCapped()).isFalse();
  }

  @Test
  void searchesById() {
    assertThat(logins(search(SearchProfilesRequest.newBuilder().setId("user-3"))))
        .containsExactly("user-3");
    assertThat(logins(search(SearchProfilesRequest.newBuilder().setId("user_number:1"))))
        .containsExactly("user-0");
  }

  @Test
  void aPageTokenBelongsToItsQuestion() {
    String token = search(SearchProfilesRequest.newBuilder().setPageSize(1)).getNextPageToken();
    for (SearchProfilesRequest.Builder other :
        List.of(
            SearchProfilesRequest.newBuilder().setOrderBy("login_id").setPageToken(token),
            SearchProfilesRequest.newBuilder().setPageToken("nonsense"))) {
      assertThat(violations(refusal(Role.EDITOR, stub -> stub.searchProfiles(other.build()))))
          .containsExactly("page_token");
    }
  }

  @Test
  void namesWhatIsWrongWithACondition() {
    Condition event = Condition.newBuilder().setEvent(EventCondition.getDefaultInstance()).build();
    Condition nested =
        Condition.newBuilder()
            .setAll(Conditions.newBuilder().addConditions(equal("a", "b")).addConditions(event))
            .build();
    assertThat(invalid(SearchProfilesRequest.newBuilder().setCondition(nested)))
        .containsExactly("condition.all.conditions[1]");
    assertThat(
            invalid(
                SearchProfilesRequest.newBuilder()
                    .setCondition(trait("a", Operator.OPERATOR_LESS, "text"))))
        .containsExactly("condition.trait.values");
    assertThat(invalid(SearchProfilesRequest.newBuilder().setOrderBy("age")))
        .containsExactly("order_by");
    assertThat(invalid(SearchProfilesRequest.newBuilder().setCountLimit(-1)))
        .containsExactly("count_limit");
    assertThat(invalid(SearchProfilesRequest.newBuilder().setPageSize(1001)))
        .containsExactly("page_size");
  }

  @Test
  void showsATimelinePageByPage() {
    happened(5, "Login", Map.of("amount", "1.50"));
    happened(6, "Deposit", Map.of());
    ListTimelineRequest.Builder asked =
        ListTimelineRequest.newBuilder().setId("anna").setPageSize(1);
    ListTimelineResponse first = timeline(Role.ANALYST, asked);
    assertThat(first.getEvents(0).getName()).isEqualTo("Deposit");
    ListTimelineResponse second =
        timeline(Role.ANALYST, asked.setPageToken(first.getNextPageToken()));
    assertThat(second.getEventsList())
        .containsExactly(
            TimelineEvent.newBuilder()
                .setEventId("id-5")
                .setName("Login")
                .setEventTime(Timestamps.fromMillis(FIRST.plusSeconds(5).toEpochMilli()))
                .setReceiveTime(Timestamps.fromMillis(FIRST.plusSeconds(6).toEpochMilli()))
                .setUserNumber(6)
                .setLoginId("anna")
                .setAnonymousId("phone-1")
                .setLibrary("Android")
                .putProperties("amount", "1.50")
                .build());
    assertThat(second.getNextPageToken()).isEmpty();
    ListTimelineRequest.Builder logins =
        ListTimelineRequest.newBuilder()
            .setId("anna")
            .addEventNames("Login")
            .setStartTime(Timestamps.fromMillis(FIRST.toEpochMilli()));
    assertThat(timeline(Role.ANALYST, logins).getEventsCount()).isEqualTo(1);
    logins.setEndTime(Timestamps.fromMillis(FIRST.plusSeconds(5).toEpochMilli()));
    assertThat(timeline(Role.ANALYST, logins).getEventsCount()).isZero();
  }

  @Test
  void masksClassC2ForThoseWhoOnlyReadAndC3ForEverybody() {
    happened(5, "Login", Map.of("account", "AT61", "amount", "1", "pin", "0000"));
    awaitPlan();
    for (Profile profile :
        List.of(
            get(Role.ANALYST, "user-1"),
            batchGet(Role.ANALYST, "user-1"),
            search(Role.ANALYST, SearchProfilesRequest.newBuilder().setId("user-1"))
                .getProfiles(0))) {
      assertThat(profile.getTraits().getFieldsMap()).containsOnlyKeys("city");
      assertThat(profile.getMaskedTraitsList()).containsExactlyInAnyOrder("balance", "pin");
    }
    for (Profile profile :
        List.of(
            get(Role.EDITOR, "user-1"),
            batchGet(Role.ADMINISTRATOR, "user-1"),
            search(Role.EDITOR, SearchProfilesRequest.newBuilder().setId("user-1"))
                .getProfiles(0))) {
      assertThat(profile.getTraits().getFieldsMap()).containsOnlyKeys("city", "balance");
      assertThat(profile.getMaskedTraitsList()).containsExactly("pin");
    }
    ListTimelineRequest.Builder asked = ListTimelineRequest.newBuilder().setId("anna");
    TimelineEvent masked = timeline(Role.ANALYST, asked).getEvents(0);
    assertThat(masked.getPropertiesMap()).isEqualTo(Map.of("amount", "1"));
    assertThat(masked.getMaskedPropertiesList()).containsExactly("account", "pin");
    assertThat(timeline(Role.EDITOR, asked).getEvents(0).getPropertiesMap())
        .isEqualTo(Map.of("account", "AT61", "amount", "1"));
  }

  @Test
  void searchesByWhatTheCallerSeesOnly() {
    awaitPlan();
    SearchProfilesRequest condition =
        SearchProfilesRequest.newBuilder()
            .setCondition(
                Condition.newBuilder()
                    .setNot(
                        Condition.newBuilder()
                            .setAny(
                                Conditions.newBuilder()
                                    .addConditions(number("balance", Operator.OPERATOR_LESS, 200))
                                    .addConditions(equal("city", "Graz")))))
            .build();
    SearchProfilesRequest order =
        SearchProfilesRequest.newBuilder().setOrderBy("traits.balance desc").build();
    for (SearchProfilesRequest request : List.of(condition, order)) {
      assertThat(refusal(Role.ANALYST, stub -> stub.searchProfiles(request)).reason())
          .isEqualTo(Reason.PERMISSION_DENIED);
    }
    assertThat(logins(search(condition.toBuilder()))).containsExactly("user-2", "user-4");
    assertThat(logins(search(order.toBuilder())).getFirst()).isEqualTo("user-4");
    SearchProfilesRequest secret =
        SearchProfilesRequest.newBuilder().setCondition(equal("pin", "0000")).build();
    assertThat(refusal(Role.ADMINISTRATOR, stub -> stub.searchProfiles(secret)).reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
  }

  @Test
  void followsAChangeOfThePlan() throws InterruptedException {
    awaitPlan();
    definitions().update(project, "plan", "{\"traits\": []}", "person:test", "");
    for (int i = 0; i < 600 && get(Role.ANALYST, "user-1").getMaskedTraitsCount() > 0; i++) {
      Thread.sleep(Duration.ofMillis(50));
    }
    assertThat(get(Role.ANALYST, "user-1").getTraits().getFieldsMap())
        .containsOnlyKeys("city", "balance", "pin");
  }

  @Test
  void tellsWhatWasKnownAtATime() {
    GetProfileRequest.Builder request = GetProfileRequest.newBuilder().setId("user-1");
    long year = Duration.ofDays(365).toMillis();
    long now = Clock.systemUTC().millis();
    GetProfileRequest later = request.setAsOfTime(Timestamps.fromMillis(now + year)).build();
    assertThat(profiles(Role.EDITOR, stub -> stub.getProfile(later)).getProfile())
        .isEqualTo(get(Role.EDITOR, "user-1"));
    GetProfileRequest before = request.setAsOfTime(Timestamps.fromMillis(now - year)).build();
    assertThat(failure(() -> profiles(Role.EDITOR, stub -> stub.getProfile(before))).reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void tellsWhoChangesAndGoesOnBehindAToken() {
    String token;
    try (Watching watching = watch(Role.ANALYST, "")) {
      token = watching.next().getResumeToken();
      apply(
          ProfileRecord.newBuilder()
              .setLogOffset(10)
              .setLoginId("user-3")
              .addChanges(set("city", "\"Linz\"")));
      WatchProfilesResponse told = watching.next();
      assertThat(told.getProfilesList()).containsExactly(get(Role.ANALYST, "user-3"));
      assertThat(told.getProfiles(0).getMaskedTraitsList()).contains("balance");
    }
    apply(ProfileRecord.newBuilder().setLogOffset(11).setLoginId("user-4").setEventName("Login"));
    try (Watching again = watch(Role.EDITOR, token)) {
      Set<String> told = new HashSet<>();
      while (told.size() < 2) {
        again.next().getProfilesList().forEach(profile -> told.add(profile.getLoginId()));
      }
      assertThat(told).containsExactlyInAnyOrder("user-3", "user-4");
    }
  }

  @Test
  void tellsOfAThousandUsersAtOnce() {
    try (Watching watching = watch(Role.EDITOR, "")) {
      watching.next();
      ApplyRequest.Builder request = ApplyRequest.newBuilder().setLogId("log");
      for (int i = 0; i < 1_000; i++) {
        request.addRecords(
            ProfileRecord.newBuilder()
                .setLogOffset(100 + i)
                .setProjectId(project.value())
                .setEventTime(Timestamps.fromMillis(FIRST.toEpochMilli()))
                .setLoginId("crowd-" + i));
      }
      ProfileServiceGrpc.newBlockingStub(server.channel()).apply(request.build());
      Set<String> told = new HashSet<>();
      while (told.size() < 1_000) {
        WatchProfilesResponse message = watching.next();
        assertThat(message.getProfilesCount()).isLessThanOrEqualTo(100);
        message.getProfilesList().forEach(profile -> told.add(profile.getLoginId()));
      }
    }
  }

  @Test
  void endsAReaderWhoDoesNotRead() throws InterruptedException {
    Reluctant reader = new Reluctant();
    CallerContext.as(
        new Caller(project, "person:test", Role.EDITOR),
        () -> {
          ProfileQueryServiceGrpc.newStub(server.channel())
              .watchProfiles(WatchProfilesRequest.getDefaultInstance(), reader);
          return true;
        });
    for (int i = 0; !reader.ended() && i < 2_000; i++) {
      apply(
          ProfileRecord.newBuilder()
              .setLogOffset(10 + i)
              .setLoginId("user-3")
              .addChanges(set("note", '"' + "x".repeat(30_000) + '"')));
      Thread.sleep(Duration.ofMillis(20));
    }
    assertThat(FailureStatus.fromStatus(reader.failure()).reason())
        .isEqualTo(Reason.RESOURCE_EXHAUSTED);
  }

  @Test
  void refusesATokenOfAnotherServer() {
    try (Watching watching = watch(Role.EDITOR, "abc/1-1")) {
      assertThat(failure(watching::next).reason()).isEqualTo(Reason.FAILED_PRECONDITION);
    }
  }

  @Test
  void aWriteKeyReadsNothing() {
    assertThat(
            refusal(
                    Role.WRITER,
                    stub -> stub.searchProfiles(SearchProfilesRequest.getDefaultInstance()))
                .reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(
            refusal(
                    Role.WRITER,
                    stub ->
                        stub.listTimeline(ListTimelineRequest.newBuilder().setId("anna").build()))
                .reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
  }

  /** A stream that ends with the test. */
  private record Watching(
      Context.CancellableContext context, Iterator<WatchProfilesResponse> messages)
      implements AutoCloseable {

    WatchProfilesResponse next() {
      return messages.next();
    }

    @Override
    public void close() {
      context.cancel(null);
    }
  }

  private Watching watch(Role role, String token) {
    Context.CancellableContext context = Context.current().withCancellation();
    WatchProfilesRequest request = WatchProfilesRequest.newBuilder().setResumeToken(token).build();
    Context before = context.attach();
    try {
      return new Watching(context, as(role, stub -> stub.watchProfiles(request)));
    } finally {
      context.detach(before);
    }
  }

  /** Takes the first message and never asks for another. */
  private static final class Reluctant
      implements ClientResponseObserver<WatchProfilesRequest, WatchProfilesResponse> {

    private final CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchProfilesRequest> stream) {
      stream.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(WatchProfilesResponse message) {}

    @Override
    public void onError(Throwable thrown) {
      end.complete((StatusRuntimeException) thrown);
    }

    @Override
    public void onCompleted() {
      end.cancel(false);
    }

    boolean ended() {
      return end.isDone();
    }

    StatusRuntimeException failure() {
      return end.join();
    }
  }

  private static Definitions definitions() {
    return new Definitions(
        server.bean(ClickHouse.class),
        server.bean(Redis.class),
        Clock.systemUTC(),
        "tracking-plan");
  }

  /** The plan was there before anybody asked, so it needs no waiting; this makes sure of it. */
  private void awaitPlan() {
    assertThat(get(Role.EDITOR, "user-1").getMaskedTraitsList()).containsExactly("pin");
  }

  private void happened(int offset, String name, Map<String, String> properties) {
    Instant time = FIRST.plusSeconds(offset);
    apply(ProfileRecord.newBuilder().setLogOffset(offset).setLoginId("anna").setEventName(name));
    events.insert(new Row(project, 6, name, time, Integer.toString(offset), properties));
  }

  private void apply(ProfileRecord.Builder record) {
    record
        .setProjectId(project.value())
        .setEventTime(
            Timestamps.fromMillis(FIRST.plusSeconds(record.getLogOffset()).toEpochMilli()));
    ProfileServiceGrpc.newBlockingStub(server.channel())
        .apply(ApplyRequest.newBuilder().setLogId("log").addRecords(record).build());
  }

  private static TraitChange set(String name, String json) {
    return TraitChange.newBuilder()
        .setOperation(Operation.OPERATION_SET)
        .setName(name)
        .setJsonValue(json)
        .build();
  }

  private static Condition equal(String trait, String text) {
    return trait(trait, Operator.OPERATOR_EQUAL, text);
  }

  private static Condition trait(String name, Operator operator, String text) {
    return trait(name, operator, Value.newBuilder().setStringValue(text).build());
  }

  private static Condition number(String name, Operator operator, double number) {
    return trait(name, operator, Value.newBuilder().setNumberValue(number).build());
  }

  private static Condition trait(String name, Operator operator, Value value) {
    return Condition.newBuilder()
        .setTrait(TraitCondition.newBuilder().setName(name).setOperator(operator).addValues(value))
        .build();
  }

  private static List<String> logins(SearchProfilesResponse response) {
    return response.getProfilesList().stream().map(Profile::getLoginId).toList();
  }

  private Profile get(Role role, String id) {
    return profiles(role, stub -> stub.getProfile(GetProfileRequest.newBuilder().setId(id).build()))
        .getProfile();
  }

  private Profile batchGet(Role role, String id) {
    return profiles(
            role,
            stub -> stub.batchGetProfiles(BatchGetProfilesRequest.newBuilder().addIds(id).build()))
        .getProfiles(0);
  }

  private SearchProfilesResponse search(SearchProfilesRequest.Builder request) {
    return search(Role.EDITOR, request);
  }

  private SearchProfilesResponse search(Role role, SearchProfilesRequest.Builder request) {
    return as(role, stub -> stub.searchProfiles(request.build()));
  }

  private ListTimelineResponse timeline(Role role, ListTimelineRequest.Builder request) {
    return as(role, stub -> stub.listTimeline(request.build()));
  }

  private List<String> invalid(SearchProfilesRequest.Builder request) {
    return violations(refusal(Role.EDITOR, stub -> stub.searchProfiles(request.build())));
  }

  private Failure refusal(Role role, Function<ProfileQueryServiceBlockingStub, ?> call) {
    return failure(() -> as(role, call));
  }

  private static Failure failure(Runnable call) {
    return ProfileServer.refusal(call::run);
  }

  private <T> T as(Role role, Function<ProfileQueryServiceBlockingStub, T> call) {
    return CallerContext.as(
        new Caller(project, "person:test", role),
        () -> call.apply(ProfileQueryServiceGrpc.newBlockingStub(server.channel())));
  }

  private <T> T profiles(Role role, Function<ProfileServiceBlockingStub, T> call) {
    return CallerContext.as(
        new Caller(project, "person:test", role),
        () -> call.apply(ProfileServiceGrpc.newBlockingStub(server.channel())));
  }

  private static List<String> violations(Failure failure) {
    assertThat(failure.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
    return failure.violations().stream().map(FieldViolation::field).toList();
  }
}
