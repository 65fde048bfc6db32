package io.tenure.profile;

import static io.tenure.profile.ProfileServer.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.ProfileEditor;
import io.tenure.profile.domain.squash.Squasher;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.CancelSquashRequest;
import io.tenure.proto.profile.v1.CountStoredNumbersRequest;
import io.tenure.proto.profile.v1.CountStoredNumbersResponse;
import io.tenure.proto.profile.v1.FinalNumbers;
import io.tenure.proto.profile.v1.GetMergeRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.GetSquashRequest;
import io.tenure.proto.profile.v1.ListSquashesRequest;
import io.tenure.proto.profile.v1.MergeServiceGrpc;
import io.tenure.proto.profile.v1.MergeUsersRequest;
import io.tenure.proto.profile.v1.PreviewSquashRequest;
import io.tenure.proto.profile.v1.PreviewUndoRequest;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.RewriteStoredNumbersRequest;
import io.tenure.proto.profile.v1.RewriteStoredNumbersResponse;
import io.tenure.proto.profile.v1.Squash;
import io.tenure.proto.profile.v1.SquashPreview;
import io.tenure.proto.profile.v1.SquashServiceGrpc;
import io.tenure.proto.profile.v1.SquashServiceGrpc.SquashServiceBlockingStub;
import io.tenure.proto.profile.v1.StartSquashRequest;
import io.tenure.proto.profile.v1.StoredNumberServiceGrpc.StoredNumberServiceImplBase;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.UndoMergeRequest;
import io.tenure.proto.profile.v1.UserMerge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Squashes as their callers, and those who count events meanwhile, see them. */
final class SquashApplicationTest {

  private static final String COLLECTOR = "collector-" + UUID.randomUUID();
  private static final String[] MONTHS = {"2026-02-25", "2026-03-04", "2026-04-01"};

  private static ProfileServer server;
  private static Server collector;
  private static Runnable looking = () -> {};

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private long offset;

  @BeforeAll
  static void start() throws Exception {
    collector =
        InProcessServerBuilder.forName(COLLECTOR).addService(new Collector()).build().start();
    server =
        ProfileServer.start(
            "squashes",
            "--tenure.clients.event-collector=in-process:" + COLLECTOR,
            "--tenure.profile.squash.undo-window=0s",
            "--tenure.profile.squash.settle-time=0s",
            "--tenure.profile.squash.poll-interval=1h");
    CollectorSchema.create(server.bean(ClickHouse.class));
  }

  @AfterAll
  static void stop() {
    server.close();
    collector.shutdownNow();
  }

  /** The collector's door; whoever looks on looks before and after each partition. */
  private static final class Collector extends StoredNumberServiceImplBase {

    @Override
    public void countStoredNumbers(
        CountStoredNumbersRequest request, StreamObserver<CountStoredNumbersResponse> observer) {
      looking.run();
      FinalNumbers numbers = request.getNumbers();
      observer.onNext(
          CountStoredNumbersResponse.newBuilder()
              .putAllRows(events().count(new ProjectId(numbers.getProjectId()), moves(numbers)))
              .build());
      observer.onCompleted();
    }

    @Override
    public void rewriteStoredNumbers(
        RewriteStoredNumbersRequest request,
        StreamObserver<RewriteStoredNumbersResponse> observer) {
      looking.run();
      FinalNumbers numbers = request.getNumbers();
      long left =
          events()
              .rewrite(
                  new ProjectId(numbers.getProjectId()), moves(numbers), request.getPartition());
      looking.run();
      observer.onNext(RewriteStoredNumbersResponse.newBuilder().setRowsLeft(left).build());
      observer.onCompleted();
    }

    private static EventNumbers events() {
      return new EventNumbers(server.bean(ClickHouse.class));
    }

    private static Map<Long, Long> moves(FinalNumbers numbers) {
      Map<Long, Long> moves = new HashMap<>();
      for (int i = 0; i < numbers.getOldNumbersCount(); i++) {
        moves.put((long) numbers.getOldNumbers(i), (long) numbers.getNewNumbers(i));
      }
      return moves;
    }
  }

  @Test
  void everyEventCountsOnceForTheSameUserBeforeDuringAndAfter() {
    UserMerge merge = mergedUsers();
    Map<Long, Long> before = counted();
    assertThat(before).as("both devices and the login are one").containsExactly(Map.entry(3L, 9L));
    List<Map<Long, Long>> during = new ArrayList<>();
    looking = () -> during.add(counted());

    SquashPreview preview =
        as(s -> s.previewSquash(PreviewSquashRequest.getDefaultInstance())).getPreview();
    assertThat(preview.getMergeCount()).isEqualTo(2);
    assertThat(preview.getPartitionsCount()).isEqualTo(3);
    assertThat(preview.getRowCount()).isEqualTo(6);
    Squash started = squash();
    assertThat(started.getState()).isEqualTo(Squash.State.STATE_STARTED);
    assertThat(squash()).as("the one under way").isEqualTo(started);
    server.bean(Squasher.class).run();
    looking = () -> {};

    Squash done = get(started.getId());
    assertThat(done.getState()).isEqualTo(Squash.State.STATE_DONE);
    assertThat(done.getRowsMoved()).isEqualTo(6);
    assertThat(done.getPartitionsList()).hasSize(3).allMatch(part -> part.getDone());
    assertThat(during).hasSizeGreaterThan(6).containsOnly(before);
    assertThat(counted()).isEqualTo(before);
    assertThat(overrides()).isEmpty();
    assertThat(profileOf("phone")).isEqualTo(3);
    assertThat(profileOf("user_number:1")).isEqualTo(3);
    assertThat(server.bean(ProfileEditor.class).find(project, merge.getAbsorbed()).orElseThrow())
        .satisfies(hidden -> assertThat(hidden.traits()).isEmpty())
        .satisfies(hidden -> assertThat(hidden.watermarks()).isNotEmpty());
  }

  @Test
  void aFinalMergeCannotBeUndoneAndSaysSo() {
    UserMerge merge = mergedUsers();
    assertThat(merge.hasExpireTime()).isTrue();
    assertThat(
            merging(
                    stub ->
                        stub.previewUndo(
                            PreviewUndoRequest.newBuilder().setId(merge.getId()).build()))
                .getPreview()
                .getExpireTime())
        .isEqualTo(merge.getExpireTime());
    squash();
    server.bean(Squasher.class).run();

    UserMerge after =
        merging(stub -> stub.getMerge(GetMergeRequest.newBuilder().setId(merge.getId()).build()))
            .getMerge();
    assertThat(after.getState()).isEqualTo(UserMerge.State.STATE_FINAL);
    assertThat(after.hasExpireTime()).isFalse();
    var refused =
        refusal(
            () ->
                merging(
                    stub ->
                        stub.undoMerge(
                            UndoMergeRequest.newBuilder().setId(merge.getId()).build())));
    assertThat(refused.reason()).isEqualTo(Reason.FAILED_PRECONDITION);
    assertThat(refused.text()).contains("final");
    assertThat(refusal(this::squash).reason())
        .as("nothing left")
        .isEqualTo(Reason.FAILED_PRECONDITION);
  }

  @Test
  void aCancelledSquashStopsBeforeTheNextPartitionAndAnotherGoesOn() {
    mergedUsers();
    Map<Long, Long> before = counted();
    Squash started = squash();
    looking = () -> cancelOnce(started.getId());

    server.bean(Squasher.class).run();
    looking = () -> {};

    Squash stopped = get(started.getId());
    assertThat(stopped.getState()).isEqualTo(Squash.State.STATE_CANCELLED);
    assertThat(stopped.getCancelAuthor()).isEqualTo("person:ann");
    assertThat(counted()).isEqualTo(before);
    assertThat(overrides()).as("still needed").isNotEmpty();
    assertThat(refusal(() -> cancel(started.getId())).reason())
        .isEqualTo(Reason.FAILED_PRECONDITION);

    Squash next = squash();
    server.bean(Squasher.class).run();
    assertThat(get(next.getId()).getState()).isEqualTo(Squash.State.STATE_DONE);
    assertThat(counted()).isEqualTo(before);
    assertThat(overrides()).isEmpty();
    var page = as(s -> s.listSquashes(ListSquashesRequest.newBuilder().setPageSize(1).build()));
    assertThat(page.getSquashesList()).extracting(Squash::getId).containsExactly(next.getId());
    var rest =
        as(
            s ->
                s.listSquashes(
                    ListSquashesRequest.newBuilder()
                        .setPageSize(1)
                        .setPageToken(page.getNextPageToken())
                        .build()));
    assertThat(rest.getSquashesList()).extracting(Squash::getId).containsExactly(started.getId());
  }

  @Test
  void onlyAdministratorsSquash() {
    assertThat(
            refusal(
                    () ->
                        calling(
                            Role.EDITOR,
                            () ->
                                SquashServiceGrpc.newBlockingStub(server.channel())
                                    .startSquash(StartSquashRequest.getDefaultInstance())))
                .reason())
        .isEqualTo(Reason.PERMISSION_DENIED);
  }

  private void cancelOnce(String id) {
    if (get(id).getState() == Squash.State.STATE_REWRITING) {
      looking = () -> {};
      cancel(id);
    }
  }

  /** Three users with three events each are one; the last merge is returned. */
  private UserMerge mergedUsers() {
    for (String month : MONTHS) {
      apply(month, "", "phone");
      apply(month, "", "tablet");
      apply(month, "anna", "");
    }
    merge("phone", "tablet");
    return merge("phone", "anna");
  }

  private UserMerge merge(String one, String other) {
    return merging(
            stub ->
                stub.mergeUsers(
                    MergeUsersRequest.newBuilder().setUserId(one).setOtherUserId(other).build()))
        .getMerge();
  }

  private Squash squash() {
    return as(s -> s.startSquash(StartSquashRequest.getDefaultInstance())).getSquash();
  }

  private Squash get(String id) {
    return as(s -> s.getSquash(GetSquashRequest.newBuilder().setId(id).build())).getSquash();
  }

  private Squash cancel(String id) {
    return as(s -> s.cancelSquash(CancelSquashRequest.newBuilder().setId(id).build())).getSquash();
  }

  private long profileOf(String id) {
    return calling(
            Role.EDITOR,
            () ->
                ProfileServiceGrpc.newBlockingStub(server.channel())
                    .getProfile(GetProfileRequest.newBuilder().setId(id).build()))
        .getProfile()
        .getUserNumber();
  }

  private Map<Long, Long> counted() {
    Map<Long, Long> counts = new TreeMap<>();
    server
        .bean(ClickHouse.class)
        .scan(
            """
            SELECT user_number, count() AS events FROM events_final_v1
            WHERE project_id = {project:String} GROUP BY user_number
            """,
            Map.of("project", project.value()),
            row -> counts.put(row.getLong("user_number"), row.getLong("events")));
    return counts;
  }

  private List<Long> overrides() {
    return server
        .bean(ClickHouse.class)
        .query(
            "SELECT old_number FROM user_overrides_v1 WHERE project_id = {project:String}",
            Map.of("project", project.value()),
            row -> row.getLong("old_number"));
  }

  private void apply(String day, String login, String device) {
    ProfileRecord record =
        ProfileRecord.newBuilder()
            .setProjectId(project.value())
            .setLoginId(login)
            .setAnonymousId(device)
            .setEventName("open")
            .setEventTime(Timestamps.fromMillis(1_772_000_000_000L + offset))
            .setLogOffset(offset)
            .addChanges(
                TraitChange.newBuilder()
                    .setName("city")
                    .setJsonValue("\"Xi'an\"")
                    .setOperation(TraitChange.Operation.OPERATION_SET))
            .build();
    var done =
        ProfileServiceGrpc.newBlockingStub(server.channel())
            .apply(ApplyRequest.newBuilder().setLogId("log-" + project).addRecords(record).build());
    server
        .bean(ClickHouse.class)
        .insert(
            "events",
            List.of(
                Map.of(
                    "project_id",
                    project.value(),
                    "name",
                    "open",
                    "event_time",
                    day + " 10:00:00",
                    "user_number",
                    done.getUserNumbers(0),
                    "event_key",
                    1_000 + offset,
                    "log_id",
                    "log",
                    "log_offset",
                    offset)),
            null);
    offset++;
  }

  private <T> T as(Function<SquashServiceBlockingStub, T> call) {
    return calling(
        Role.ADMINISTRATOR, () -> call.apply(SquashServiceGrpc.newBlockingStub(server.channel())));
  }

  private <T> T merging(Function<MergeServiceGrpc.MergeServiceBlockingStub, T> call) {
    return calling(
        Role.EDITOR, () -> call.apply(MergeServiceGrpc.newBlockingStub(server.channel())));
  }

  private <T> T calling(Role role, Supplier<T> call) {
    return CallerContext.as(new Caller(project, "person:ann", role), call::get);
  }
}
