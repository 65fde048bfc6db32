package io.tenure.collector.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.canary.Canary;
import io.tenure.collector.domain.ledger.Reconciler;
import io.tenure.collector.domain.ledger.Reconciliation;
import io.tenure.collector.domain.ledger.Reconciliation.Mismatch;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.MinuteCounts;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.GetCanaryRequest;
import io.tenure.proto.event.v1.GetCanaryResponse;
import io.tenure.proto.event.v1.GetReconciliationRequest;
import io.tenure.proto.event.v1.GetReconciliationResponse;
import io.tenure.proto.event.v1.LedgerMinute;
import io.tenure.proto.event.v1.LedgerServiceGrpc.LedgerServiceImplBase;
import io.tenure.proto.event.v1.ListLedgerMinutesRequest;
import io.tenure.proto.event.v1.ListLedgerMinutesResponse;
import io.tenure.proto.event.v1.ReconciliationMismatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.grpc.server.service.GrpcService;

/** The books by minute, and whether the event store agrees with them. */
@GrpcService
public final class LedgerGrpcService extends LedgerServiceImplBase {

  private static final Duration DEFAULT_SPAN = Duration.ofHours(1);
  private static final Duration LONGEST_SPAN = Duration.ofDays(1);

  private final EventLog log;
  private final Reconciler reconciler;
  private final Canary canary;
  private final Clock clock;

  /** Answers from the log's counts, the reconciler and the canary. */
  public LedgerGrpcService(EventLog log, Reconciler reconciler, Canary canary, Clock clock) {
    this.log = log;
    this.reconciler = reconciler;
    this.canary = canary;
    this.clock = clock;
  }

  @Override
  public void listLedgerMinutes(
      ListLedgerMinutesRequest request, StreamObserver<ListLedgerMinutesResponse> reply) {
    ProjectId project = Readers.current().project();
    Instant to = request.hasTo() ? instant(request.getTo()) : clock.instant();
    Instant from = request.hasFrom() ? instant(request.getFrom()) : to.minus(DEFAULT_SPAN);
    if (from.isAfter(to) || Duration.between(from, to).compareTo(LONGEST_SPAN) > 0) {
      throw Failure.invalid("from", "must be at most a day before 'to'");
    }
    ListLedgerMinutesResponse.Builder response = ListLedgerMinutesResponse.newBuilder();
    log.minuteCounts(project, from, to).forEach(minute -> response.addMinutes(minute(minute)));
    reply.onNext(response.build());
    reply.onCompleted();
  }

  @Override
  public void getReconciliation(
      GetReconciliationRequest request, StreamObserver<GetReconciliationResponse> reply) {
    Readers.current();
    Reconciliation state = reconciler.state();
    GetReconciliationResponse.Builder response =
        GetReconciliationResponse.newBuilder()
            .setLogId(state.logId())
            .setRangesChecked(state.ranges())
            .setEventsChecked(state.events())
            .setCheckedOffset(state.checkedOffset());
    Instant time = state.checkTime();
    if (time != null) {
      response.setCheckTime(timestamp(time));
    }
    state.mismatches().forEach(mismatch -> response.addMismatches(mismatch(mismatch)));
    reply.onNext(response.build());
    reply.onCompleted();
  }

  @Override
  public void getCanary(GetCanaryRequest request, StreamObserver<GetCanaryResponse> reply) {
    Readers.current();
    reply.onNext(CanaryMessages.response(canary.state()));
    reply.onCompleted();
  }

  private static LedgerMinute minute(MinuteCounts minute) {
    return LedgerMinute.newBuilder()
        .setMinute(timestamp(minute.minute()))
        .setReceived(
            minute.accepted() + minute.duplicate() + minute.quarantined() + minute.refused())
        .setAccepted(minute.accepted())
        .setEvents(minute.events())
        .setDuplicate(minute.duplicate())
        .setQuarantined(minute.quarantined())
        .setRefused(minute.refused())
        .build();
  }

  private static ReconciliationMismatch mismatch(Mismatch mismatch) {
    return ReconciliationMismatch.newBuilder()
        .setFirstOffset(mismatch.range().first())
        .setLastOffset(mismatch.range().last())
        .setExpected(mismatch.range().events())
        .setFound(mismatch.found().events())
        .setRows(mismatch.found().rows())
        .setTime(timestamp(mismatch.time()))
        .build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochMilli(Timestamps.toMillis(time));
  }
}
