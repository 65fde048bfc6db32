package io.tenure.collector.api;

import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.quarantine.Preview;
import io.tenure.collector.domain.quarantine.QuarantineFilter;
import io.tenure.collector.domain.quarantine.QuarantineId;
import io.tenure.collector.domain.quarantine.QuarantineKey;
import io.tenure.collector.domain.quarantine.QuarantineStore;
import io.tenure.collector.domain.quarantine.QuarantinedEntry;
import io.tenure.collector.domain.quarantine.Repair;
import io.tenure.collector.domain.quarantine.Replay;
import io.tenure.collector.domain.quarantine.Replays;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.CancelReplayRequest;
import io.tenure.proto.event.v1.CancelReplayResponse;
import io.tenure.proto.event.v1.DismissQuarantineRequest;
import io.tenure.proto.event.v1.DismissQuarantineResponse;
import io.tenure.proto.event.v1.GetQuarantinedRecordRequest;
import io.tenure.proto.event.v1.GetQuarantinedRecordResponse;
import io.tenure.proto.event.v1.GetReplayRequest;
import io.tenure.proto.event.v1.GetReplayResponse;
import io.tenure.proto.event.v1.ListQuarantineCountsRequest;
import io.tenure.proto.event.v1.ListQuarantineCountsResponse;
import io.tenure.proto.event.v1.ListQuarantineRequest;
import io.tenure.proto.event.v1.ListQuarantineResponse;
import io.tenure.proto.event.v1.ListReplaysRequest;
import io.tenure.proto.event.v1.ListReplaysResponse;
import io.tenure.proto.event.v1.PreviewReplayRequest;
import io.tenure.proto.event.v1.PreviewReplayResponse;
import io.tenure.proto.event.v1.QuarantineServiceGrpc.QuarantineServiceImplBase;
import io.tenure.proto.event.v1.StartReplayRequest;
import io.tenure.proto.event.v1.StartReplayResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.grpc.server.service.GrpcService;

/** What is kept aside, and how it is brought in after all. */
@GrpcService
public final class QuarantineGrpcService extends QuarantineServiceImplBase {

  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;
  private static final int MOST_HOURS = 1000;

  /** A page ends early when its records are large, to stay well below the largest reply. */
  private static final long PAGE_BYTES = 4L << 20;

  private final QuarantineStore store;
  private final Replays replays;

  /** Answers from the store; changes go through the replays. */
  public QuarantineGrpcService(QuarantineStore store, Replays replays) {
    this.store = store;
    this.replays = replays;
  }

  @Override
  public void listQuarantine(
      ListQuarantineRequest request, StreamObserver<ListQuarantineResponse> reply) {
    Caller caller = Readers.current();
    PageRequest wanted = PageRequest.of(request, DEFAULT_PAGE, LARGEST_PAGE);
    QuarantineFilter filter = QuarantineMessages.filter(request.getFilter(), request.getReason());
    QuarantineKey before = wanted.after(QuarantineMessages::key).orElse(QuarantineKey.NEWEST);
    List<QuarantinedEntry> entries = store.list(caller.project(), filter, before, wanted.oneMore());
    ListQuarantineResponse.Builder page = ListQuarantineResponse.newBuilder();
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (i == wanted.size() || bytes > PAGE_BYTES) {
        page.setNextPageToken(wanted.next(QuarantineMessages.place(entries.get(i - 1).key())));
        break;
      }
      page.addRecords(QuarantineMessages.record(entries.get(i), Readers.seesContent(caller)));
      bytes += page.getRecords(i).getSerializedSize();
    }
    send(reply, page.build());
  }

  @Override
  public void listQuarantineCounts(
      ListQuarantineCountsRequest request, StreamObserver<ListQuarantineCountsResponse> reply) {
    ProjectId project = Readers.current().project();
    QuarantineFilter filter = QuarantineMessages.filter(request.getFilter(), "");
    Map<String, Long> reasons = store.countByReason(project, filter);
    ListQuarantineCountsResponse.Builder counts = ListQuarantineCountsResponse.newBuilder();
    reasons.forEach((reason, count) -> counts.addReasons(QuarantineMessages.count(reason, count)));
    store
        .countByHour(project, filter, MOST_HOURS)
        .forEach(hour -> counts.addHours(QuarantineMessages.count(hour)));
    counts.setTotal(reasons.values().stream().mapToLong(Long::longValue).sum());
    send(reply, counts.build());
  }

  @Override
  public void getQuarantinedRecord(
      GetQuarantinedRecordRequest request, StreamObserver<GetQuarantinedRecordResponse> reply) {
    Caller caller = Readers.current();
    QuarantineFilter all = QuarantineFilter.ALL;
    QuarantineFilter one =
        new QuarantineFilter(
            all.reasons(),
            "",
            "",
            "",
            Optional.empty(),
            all.from(),
            all.to(),
            List.of(QuarantineId.parse(request.getId())));
    QuarantinedEntry entry =
        store.list(caller.project(), one, QuarantineKey.NEWEST, 1).stream()
            .findFirst()
            .orElseThrow(() -> Failure.notFound("quarantined record", request.getId()));
    send(
        reply,
        GetQuarantinedRecordResponse.newBuilder()
            .setRecord(QuarantineMessages.record(entry, Readers.seesContent(caller)))
            .build());
  }

  @Override
  public void previewReplay(
      PreviewReplayRequest request, StreamObserver<PreviewReplayResponse> reply) {
    Caller caller = Readers.editor();
    Preview preview =
        replays.preview(
            caller.project(),
            QuarantineMessages.filter(request.getFilter(), ""),
            repairs(request.getRepairsList()));
    PreviewReplayResponse.Builder response =
        PreviewReplayResponse.newBuilder()
            .setMatched(preview.matched())
            .setExamined(preview.examined())
            .setAccepted(preview.accepted())
            .putAllBefore(preview.before())
            .putAllAfter(preview.after());
    long bytes = 0;
    for (Preview.Example example : preview.examples()) {
      bytes += example.before().length + example.after().length();
      if (bytes < PAGE_BYTES) {
        response.addExamples(QuarantineMessages.example(example, true));
      }
    }
    send(reply, response.build());
  }

  @Override
  public void startReplay(StartReplayRequest request, StreamObserver<StartReplayResponse> reply) {
    Caller caller = Readers.editor();
    Replay replay =
        replays.start(
            caller.project(),
            QuarantineMessages.filter(request.getFilter(), ""),
            repairs(request.getRepairsList()),
            caller.subject());
    send(
        reply,
        StartReplayResponse.newBuilder().setReplay(QuarantineMessages.replay(replay)).build());
  }

  @Override
  public void getReplay(GetReplayRequest request, StreamObserver<GetReplayResponse> reply) {
    Replay replay = replays.get(Readers.current().project(), request.getId());
    send(
        reply, GetReplayResponse.newBuilder().setReplay(QuarantineMessages.replay(replay)).build());
  }

  @Override
  public void listReplays(ListReplaysRequest request, StreamObserver<ListReplaysResponse> reply) {
    ListReplaysResponse.Builder response = ListReplaysResponse.newBuilder();
    replays
        .list(Readers.current().project())
        .forEach(replay -> response.addReplays(QuarantineMessages.replay(replay)));
    send(reply, response.build());
  }

  @Override
  public void cancelReplay(
      CancelReplayRequest request, StreamObserver<CancelReplayResponse> reply) {
    Replay replay = replays.cancel(Readers.editor().project(), request.getId());
    send(
        reply,
        CancelReplayResponse.newBuilder().setReplay(QuarantineMessages.replay(replay)).build());
  }

  @Override
  public void dismissQuarantine(
      DismissQuarantineRequest request, StreamObserver<DismissQuarantineResponse> reply) {
    Caller caller = Readers.editor();
    Replays.Dismissal dismissal =
        replays.dismiss(
            caller.project(), QuarantineMessages.filter(request.getFilter(), ""), caller.subject());
    send(
        reply,
        DismissQuarantineResponse.newBuilder()
            .setDismissed(dismissal.records())
            .setOperationId(dismissal.operationId())
            .build());
  }

  private static List<Repair> repairs(List<io.tenure.proto.event.v1.Repair> repairs) {
    return repairs.stream().map(RepairMessages::of).toList();
  }

  private static <T> void send(StreamObserver<T> reply, T message) {
    reply.onNext(message);
    reply.onCompleted();
  }
}
