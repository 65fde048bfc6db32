package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.platform.testing.PartFiles;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.Rewriting;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.rebuild.Rebuilding;
import io.tenure.profile.domain.retention.Expirer;
import io.tenure.profile.domain.retention.ExpiringUsers;
import io.tenure.profile.domain.retention.Expiry;
import io.tenure.profile.domain.retention.ProfileExpirer;
import io.tenure.profile.domain.retention.ProfileTables;
import io.tenure.profile.domain.retention.RetentionMarks;
import io.tenure.profile.domain.retention.RetentionPolicies;
import io.tenure.profile.domain.retention.RetentionRuns;
import io.tenure.profile.domain.retention.RetentionSweep;
import io.tenure.profile.domain.retention.RetentionTurn;
import io.tenure.profile.domain.retention.StaleProfiles;
import io.tenure.profile.domain.retention.StaleTraits;
import io.tenure.profile.domain.retention.StaleUsers;
import io.tenure.profile.domain.visibility.DataClasses;
import io.tenure.profile.store.UnwritableProfiles;
import io.tenure.profile.store.erasure.RedisKeeper;
import io.tenure.profile.store.retention.ClickHouseExpiringUsers;
import io.tenure.profile.store.retention.ClickHouseProfileTables;
import io.tenure.profile.store.seal.SubjectKeys;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.MergeServiceGrpc;
import io.tenure.proto.profile.v1.MergeUsersRequest;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.TraitChange.Operation;
import io.tenure.proto.retention.v1.ListRetentionRunsRequest;
import io.tenure.proto.retention.v1.PreviewRetentionRequest;
import io.tenure.proto.retention.v1.RetentionPolicy;
import io.tenure.proto.retention.v1.RetentionPolicyServiceGrpc;
import io.tenure.proto.retention.v1.RetentionPolicyServiceGrpc.RetentionPolicyServiceBlockingStub;
import io.tenure.proto.retention.v1.RetentionRun;
import io.tenure.proto.retention.v1.RunState;
import io.tenure.proto.retention.v1.UpdateRetentionPolicyRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept no longer, as far as the profile service keeps it; with a clock that is moved. */
final class RetentionTest {

  private static final MutableClock CLOCK =
      new MutableClock(Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(9)));

  private static ProfileServer server;
  private static PartFiles files;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private final ProjectId other = new ProjectId("p" + UUID.randomUUID());
  private int offset = 1;

  @BeforeAll
  static void start() {
    server =
        ProfileServer.start(
            CLOCK,
            "retention",
            "--tenure.profile.retention.services=",
            "--tenure.profile.retention.cron=-",
            "--tenure.profile.retention.poll-interval=1h");
    files = People.files(server);
    files.quicken(People.TABLES);
    files.quicken(List.of("subject_keys", "consents"));
    // Squeezed texts are not found by a search of bytes.
    for (String table : List.of("profiles", "profile_history")) {
      server
          .bean(ClickHouse.class)
          .execute(
              "ALTER TABLE "
                  + table
                  + " MODIFY COLUMN traits Map(String, String) CODEC(NONE),"
                  + " MODIFY COLUMN login_id String CODEC(NONE)",
              Map.of());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void people() {
    for (ProjectId one : List.of(project, other)) {
      new Definitions(
              server.bean(ClickHouse.class), server.bean(Redis.class), CLOCK, "tracking-plan")
          .create(
              one,
              "plan",
              """
              {"mode": "OBSERVE", "events": [], "traits": [{"name": "card", "dataClass": "C2"}]}
              """,
              "person:test");
      apply(one, "log", person(one, "anna").setAnonymousId(id(one, "phone")).setBind(true));
      apply(one, "log", person(one, "bert"));
    }
  }

  @Test
  void unsetsPersonalTraitsOfWhomNoRecordCameOf() {
    choose(project, RetentionPolicy.newBuilder().setC2TraitDays(30));
    assertThat(files.hold("profiles", card(project, "anna"))).isTrue();
    assertThat(files.hold("profile_history", card(project, "anna"))).isTrue();
    advance(20);
    apply(project, "log", person(project, "bert"));
    advance(11);
    assertThat(night(project).getCountsMap()).containsEntry("users_losing_personal_traits", 1L);
    assertThat(traits(project, "anna")).containsOnlyKeys("name");
    assertThat(traits(project, "bert")).containsOnlyKeys("card", "name");
    assertThat(traits(other, "anna")).containsOnlyKeys("card", "name");
    assertThat(everything(project)).doesNotContain(card(project, "anna"));
    for (String table : People.TABLES) {
      assertThat(files.hold(table, card(project, "anna"))).as(table).isFalse();
    }
    assertThat(files.hold("profiles", card(other, "anna"))).isTrue();
    apply(
        project,
        "log",
        person(project, "anna").setAnonymousId(id(project, "phone")).setBind(true),
        1);
    assertThat(traits(project, "anna")).as("a record read again").containsOnlyKeys("name");
    server.bean(Redis.class).call("clear", commands -> commands.flushall());
    assertThat(traits(project, "anna")).as("put back").containsOnlyKeys("name");
    apply(project, "log", person(project, "anna"));
    assertThat(traits(project, "anna")).as("seen again").containsOnlyKeys("card", "name");
  }

  @Test
  void removesProfilesOfWhomOnlyComputedTraitsCame() {
    choose(project, RetentionPolicy.newBuilder().setProfileDays(60));
    advance(1);
    night(project);
    assertThat(files.hold("profiles", id(project, "anna"))).isTrue();
    assertThat(files.hold("profile_history", id(project, "anna"))).isTrue();
    advance(40);
    apply(project, "log", person(project, "bert"));
    apply(project, "computed-traits", person(project, "anna"));
    advance(21);
    assertThat(night(project).getCountsMap()).containsEntry("clickhouse.profiles", 1L);
    for (String gone : List.of(id(project, "anna"), id(project, "phone"), "user_number:1")) {
      assertThat(reason(() -> profile(project, gone))).isEqualTo(Reason.NOT_FOUND);
    }
    assertThat(traits(project, "bert")).containsKey("card");
    assertThat(traits(other, "anna")).containsKey("card");
    assertThat(everything(project)).doesNotContain(id(project, "anna"), id(project, "phone"));
    for (String table : People.TABLES) {
      assertThat(files.hold(table, id(project, "anna"))).as(table).isFalse();
    }
    assertThat(apply(project, "log", person(project, "anna"))).as("a new person").isEqualTo(3);
  }

  @Test
  void neverGivesTheNumberOfARemovedProfileAgain() {
    choose(project, RetentionPolicy.newBuilder().setProfileDays(60));
    apply(project, "log", person(project, "carl"));
    advance(70);
    night(project);
    assertThat(everything(project)).doesNotContain("card-of");
    server.bean(Redis.class).call("clear", commands -> commands.flushall());
    assertThat(apply(project, "log", person(project, "dora"))).isEqualTo(4);
  }

  @Test
  void staysGoneWhenTheHotStoreIsFilledMeanwhile() {
    choose(project, RetentionPolicy.newBuilder().setProfileDays(60));
    advance(70);
    DurableProfiles durable = server.bean(DurableProfiles.class);
    sweep(
            (runId, expiries, countOnly) -> new Expirer.Answer("", Map.of()),
            expirer(tables -> new FilledBefore(tables, this::fill), durable))
        .start();

    assertThat(everything(project)).doesNotContain("card-of");
  }

  private void fill() {
    server.bean(Redis.class).call("forget", commands -> commands.del("rebuilt:{" + project + "}"));
    server.bean(Rebuilding.class).run();
    assertThat(server.bean(HotProfiles.class).load(List.of(new UserKey(project, 1)))).isNotEmpty();
  }

  /** Whoever fills the hot store read the profiles before the tables lose them. */
  private record FilledBefore(ProfileTables tables, Runnable fill) implements ProfileTables {

    @Override
    public String waitingReason() {
      return tables.waitingReason();
    }

    @Override
    public Map<ProjectId, Map<String, Long>> count(List<Expiry> expiries) {
      return tables.count(expiries);
    }

    @Override
    public void expire(String runId, List<Expiry> expiries) {
      fill.run();
      tables.expire(runId, expiries);
    }
  }

  @Test
  void mergedUsersGoTogetherOrStay() {
    CallerContext.as(
        new Caller(project, "person:test", Role.EDITOR),
        () ->
            MergeServiceGrpc.newBlockingStub(server.channel())
                .mergeUsers(
                    MergeUsersRequest.newBuilder()
                        .setUserId(id(project, "anna"))
                        .setOtherUserId(id(project, "bert"))
                        .setReason("the same")
                        .build()));
    choose(project, RetentionPolicy.newBuilder().setProfileDays(60));
    advance(50);
    apply(project, "log", person(project, "bert"));
    advance(11);
    night(project);
    assertThat(traits(project, "anna")).containsKey("card");
    assertThat(everything(project)).contains(card(project, "anna"), card(project, "bert"));
    advance(60);
    night(project);
    assertThat(everything(project)).doesNotContain(card(project, "anna"), card(project, "bert"));
  }

  @Test
  void takesNoEventInThatIsTooOld() {
    choose(project, RetentionPolicy.newBuilder().setEventDays(90));
    Instant old = CLOCK.instant().minus(Duration.ofDays(91));
    assertThat(apply(project, "log", person(project, "emil").setEventTime(time(old)))).isZero();
    assertThat(reason(() -> profile(project, id(project, "emil")))).isEqualTo(Reason.NOT_FOUND);
    assertThat(apply(other, "log", person(other, "emil").setEventTime(time(old)))).isPositive();
    Instant young = CLOCK.instant().minus(Duration.ofDays(89));
    assertThat(apply(project, "log", person(project, "emil").setEventTime(time(young))))
        .isPositive();
    choose(project, RetentionPolicy.newBuilder().setEventDays(80));
    assertThat(apply(project, "log", person(project, "emil").setEventTime(time(young)))).isZero();
  }

  @Test
  void forgetsThePastByItsOwnTimes() {
    choose(project, RetentionPolicy.newBuilder().setHistoryDays(100).setC2TraitDays(50));
    advance(60);
    apply(project, "log", person(project, "anna"));
    assertThat(night(project).getCountsMap())
        .containsEntry("clickhouse.profile_history_traits", 2L);
    assertThat(past(project)).as("without cards").hasSize(3);
    assertThat(past(project).stream().filter(row -> row.contains("card-of"))).hasSize(1);
    assertThat(past(other)).hasSize(2).allMatch(row -> row.contains("card-of"));
    advance(41);
    apply(project, "log", person(project, "anna"));
    night(project);
    assertThat(past(project)).hasSize(2);
    assertThat(past(other)).hasSize(2);
  }

  @Test
  void previewsWhatTheNextNightRemoves() {
    choose(project, RetentionPolicy.newBuilder().setEventDays(1000));
    advance(40);
    RetentionPolicy planned =
        RetentionPolicy.newBuilder().setC2TraitDays(30).setProfileDays(35).build();
    Map<String, Long> counts =
        as(
            Role.ADMINISTRATOR,
            stub ->
                stub.previewRetention(
                        PreviewRetentionRequest.newBuilder().setPolicy(planned).build())
                    .getCountsMap());
    assertThat(counts)
        .containsEntry("clickhouse.profiles", 2L)
        .containsEntry("users_losing_personal_traits", 2L);
    assertThat(traits(project, "anna")).containsKey("card");
    choose(project, planned.toBuilder());
    assertThat(night(project).getCountsMap()).containsAllEntriesOf(counts);
  }

  @Test
  void aPolicyChosenJustNowWaitsForTheNextNight() {
    advance(40);
    update(project, RetentionPolicy.newBuilder().setProfileDays(30));
    run(server.bean(RetentionSweep.class));
    assertThat(runs(project)).isEmpty();
    finish();
    assertThat(traits(project, "anna")).containsKey("card");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(
            violations(
                RetentionPolicy.newBuilder()
                    .setEventDays(10)
                    .setC1PropertyDays(11)
                    .setC2PropertyDays(-1)
                    .setC2TraitDays(40)
                    .setProfileDays(29)
                    .setAlertDays(36_501)))
        .containsExactlyInAnyOrder(
            "policy.c1_property_days",
            "policy.c2_property_days",
            "policy.c2_trait_days",
            "policy.profile_days",
            "policy.alert_days");
    assertThat(violations(RetentionPolicy.newBuilder().setC1TraitDays(5).setC2TraitDays(6)))
        .containsExactly("policy.c2_trait_days");
  }

  @Test
  void onlyAdministratorsDecideAndStaleChangesAreRefused() {
    for (Role role : List.of(Role.WRITER, Role.ANALYST, Role.EDITOR)) {
      assertThat(
              reason(
                  () ->
                      as(
                          role,
                          stub ->
                              stub.updateRetentionPolicy(
                                  UpdateRetentionPolicyRequest.getDefaultInstance()))))
          .isEqualTo(Reason.PERMISSION_DENIED);
    }
    RetentionPolicy first = update(project, RetentionPolicy.newBuilder().setAlertDays(9));
    assertThat(first.getAuthor()).isEqualTo("person:test");
    update(project, first.toBuilder().setAlertDays(8));
    assertThat(reason(() -> update(project, first.toBuilder().setAlertDays(7))))
        .isEqualTo(Reason.ABORTED);
  }

  /** The process dies after each of what a night does, and between the two stores. */
  @Test
  void goesOnAfterACrashAtAnyStep() {
    choose(project, RetentionPolicy.newBuilder().setC2TraitDays(30).setProfileDays(60));
    for (int crash = 0; crash < 5; crash++) {
      String name = "victim" + crash;
      apply(project, "log", person(project, name));
      advance(31);
      apply(project, "log", person(project, "bert"));
      AtomicInteger left = new AtomicInteger(crash);
      Expirer own = server.bean(ProfileExpirer.class);
      Expirer none = (runId, expiries, countOnly) -> new Expirer.Answer("", Map.of());
      RetentionSweep dying =
          crash < 4 ? sweep(dying(none, left), dying(own, left)) : sweep(none, unwritable());
      assertThatThrownBy(dying::start)
          .hasMessageContaining(crash < 4 ? "crash" : "does not answer");
      RetentionRun run = finish(project);
      assertThat(run.getCountsOrThrow("users_losing_personal_traits")).isPositive();
      assertThat(everything(project)).doesNotContain(card(project, name));
      assertThat(traits(project, "bert")).containsKey("card");
    }
  }

  private static Expirer dying(Expirer expirer, AtomicInteger left) {
    return (runId, expiries, countOnly) -> {
      Expirer.Answer answer = expirer.expire(runId, expiries, countOnly);
      if (left.getAndDecrement() == 0) {
        throw new IllegalStateException("crash");
      }
      return answer;
    };
  }

  /** Changes the hot store and fails to change the durable one. */
  private static Expirer unwritable() {
    return expirer(
        UnaryOperator.identity(), new UnwritableProfiles(server.bean(DurableProfiles.class)));
  }

  private static Expirer expirer(UnaryOperator<ProfileTables> around, DurableProfiles written) {
    ClickHouse clickHouse = server.bean(ClickHouse.class);
    ExpiringUsers users =
        new ClickHouseExpiringUsers(clickHouse, server.bean(RetentionMarks.class));
    StaleUsers stale = new StaleUsers(users, server.bean(MergedUsers.class));
    HotProfiles hot = server.bean(HotProfiles.class);
    return new ProfileExpirer(
        users,
        around.apply(new ClickHouseProfileTables(clickHouse, users)),
        new StaleProfiles(
            stale,
            server.bean(DurableProfiles.class),
            hot,
            new RedisKeeper(server.bean(Redis.class), server.bean(SubjectKeys.class))),
        new StaleTraits(stale, new Rewriting(server.bean(Identities.class), hot, written)));
  }

  private static RetentionSweep sweep(Expirer other, Expirer own) {
    return new RetentionSweep(
        server.bean(RetentionPolicies.class),
        server.bean(DataClasses.class),
        new RetentionSweep.Memory(
            server.bean(RetentionRuns.class), server.bean(RetentionMarks.class)),
        server.bean(DurableProfiles.class),
        new RetentionSweep.Keepers(List.of(other), own, before -> 0),
        new RetentionTurn() {
          @Override
          public boolean take() {
            return true;
          }

          @Override
          public void give() {}
        },
        CLOCK);
  }

  private static void advance(int days) {
    CLOCK.advance(Duration.ofDays(days));
  }

  private void choose(ProjectId in, RetentionPolicy.Builder policy) {
    update(in, policy);
    server.bean(RetentionPolicies.class).refresh();
    CLOCK.advance(Duration.ofMinutes(6));
  }

  private RetentionPolicy update(ProjectId in, RetentionPolicy.Builder policy) {
    return CallerContext.as(
        new Caller(in, "person:test", Role.ADMINISTRATOR),
        () ->
            RetentionPolicyServiceGrpc.newBlockingStub(server.channel())
                .updateRetentionPolicy(
                    UpdateRetentionPolicyRequest.newBuilder().setPolicy(policy).build())
                .getPolicy());
  }

  private RetentionRun night(ProjectId of) {
    run(server.bean(RetentionSweep.class));
    return finish(of);
  }

  private static void run(RetentionSweep sweep) {
    sweep.start();
  }

  private RetentionRun finish(ProjectId of) {
    finish();
    RetentionRun run = runs(of).getFirst();
    assertThat(run.getState()).isEqualTo(RunState.RUN_STATE_DONE);
    return run;
  }

  private static void finish() {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
    while (!server.bean(RetentionRuns.class).open().isEmpty()) {
      assertThat(Instant.now()).as("it goes on").isBefore(deadline);
      server.bean(RetentionSweep.class).resume();
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private List<RetentionRun> runs(ProjectId of) {
    return CallerContext.as(
        new Caller(of, "person:test", Role.ADMINISTRATOR),
        () ->
            RetentionPolicyServiceGrpc.newBlockingStub(server.channel())
                .listRetentionRuns(ListRetentionRunsRequest.getDefaultInstance())
                .getRunsList());
  }

  private List<String> violations(RetentionPolicy.Builder policy) {
    return ProfileServer.refusal(() -> update(project, policy)).violations().stream()
        .map(FieldViolation::field)
        .distinct()
        .toList();
  }

  private static String id(ProjectId project, String name) {
    return name + unlike("id", project, name);
  }

  private static String card(ProjectId project, String name) {
    return "card-of-" + unlike("card", project, name);
  }

  /** Alike in nothing: what repeats, a store may keep as a reference that no search sees. */
  private static String unlike(String kind, ProjectId project, String name) {
    return UUID.nameUUIDFromBytes((kind + project + name).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private ProfileRecord.Builder person(ProjectId in, String name) {
    return ProfileRecord.newBuilder()
        .setLoginId(id(in, name))
        .setEventName("Login")
        .setEventTime(time(CLOCK.instant()))
        .addChanges(set("card", card(in, name)))
        .addChanges(set("name", "called " + name));
  }

  private static TraitChange set(String name, String text) {
    return TraitChange.newBuilder()
        .setOperation(Operation.OPERATION_SET)
        .setName(name)
        .setJsonValue('"' + text + '"')
        .build();
  }

  private long apply(ProjectId in, String log, ProfileRecord.Builder record) {
    return apply(in, log, record, offset++);
  }

  private long apply(ProjectId in, String log, ProfileRecord.Builder record, int at) {
    record.setProjectId(in.value()).setLogOffset(at);
    String name = log.equals("log") ? "log-" + project : log;
    return ProfileServiceGrpc.newBlockingStub(server.channel())
        .apply(ApplyRequest.newBuilder().setLogId(name).addRecords(record).build())
        .getUserNumbers(0);
  }

  private static com.google.protobuf.Timestamp time(Instant instant) {
    return Timestamps.fromMillis(instant.toEpochMilli());
  }

  private Map<String, ?> traits(ProjectId in, String name) {
    return profile(in, id(in, name)).getTraits().getFieldsMap();
  }

  private Profile profile(ProjectId in, String id) {
    return CallerContext.as(
        new Caller(in, "person:test", Role.ADMINISTRATOR),
        () ->
            ProfileServiceGrpc.newBlockingStub(server.channel())
                .getProfile(GetProfileRequest.newBuilder().setId(id).build())
                .getProfile());
  }

  /** All that both stores hold of a project, as text. */
  private String everything(ProjectId of) {
    List<String> texts = new ArrayList<>();
    People.TABLES.forEach(table -> texts.addAll(rows(table, of)));
    Redis redis = server.bean(Redis.class);
    for (String key : redis.<List<String>>call("look", c -> c.keys("*" + of + "*"))) {
      if (redis.<String>call("look", commands -> commands.type(key)).equals("hash")) {
        texts.add(key + redis.<Map<String, String>>call("look", commands -> commands.hgetall(key)));
      }
    }
    return String.join("\n", texts);
  }

  private static List<String> past(ProjectId of) {
    return rows("profile_history FINAL", of);
  }

  private static List<String> rows(String table, ProjectId of) {
    return server
        .bean(ClickHouse.class)
        .query(
            "SELECT toString(tuple(*)) AS text FROM "
                + table
                + " WHERE project_id = {project:String}",
            Map.of("project", of.value()),
            row -> row.getString("text"));
  }

  private <T> T as(Role role, Function<RetentionPolicyServiceBlockingStub, T> call) {
    return CallerContext.as(
        new Caller(project, "person:test", role),
        () -> call.apply(RetentionPolicyServiceGrpc.newBlockingStub(server.channel())));
  }

  private static Reason reason(Runnable call) {
    Failure failure = ProfileServer.refusal(call);
    return failure.reason();
  }
}
