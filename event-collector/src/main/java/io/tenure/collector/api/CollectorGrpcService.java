package io.tenure.collector.api;

import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.ledger.Bookkeeping;
import io.tenure.collector.domain.ledger.Ledger;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.quarantine.QuarantineStore;
import io.tenure.collector.domain.relay.SinkLag;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.CollectResponse;
import io.tenure.proto.event.v1.CollectorServiceGrpc.CollectorServiceImplBase;
import io.tenure.proto.event.v1.GetLedgerRequest;
import io.tenure.proto.event.v1.GetLedgerResponse;
import org.springframework.grpc.server.service.GrpcService;

/** Our own API: takes events, and tells what became of all that were received. */
@GrpcService
public final class CollectorGrpcService extends CollectorServiceImplBase {

  private final NativeReception reception;
  private final Bookkeeping bookkeeping;
  private final QuarantineStore quarantine;

  /** Takes through a reception, answers from the books. */
  public CollectorGrpcService(
      NativeReception reception, Bookkeeping bookkeeping, QuarantineStore quarantine) {
    this.reception = reception;
    this.bookkeeping = bookkeeping;
    this.quarantine = quarantine;
  }

  /** Any caller may: a write key is made for it. */
  @Override
  public void collect(CollectRequest request, StreamObserver<CollectResponse> reply) {
    reply.onNext(reception.collect(CallerContext.current().project(), request));
    reply.onCompleted();
  }

  @Override
  public void getLedger(GetLedgerRequest request, StreamObserver<GetLedgerResponse> reply) {
    ProjectId project = Readers.current().project();
    reply.onNext(
        GetLedgerResponse.newBuilder()
            .setLedger(
                ledger(project, bookkeeping.ledger(project)).toBuilder()
                    .setReplayed(quarantine.countReplayed(project)))
            .build());
    reply.onCompleted();
  }

  private static io.tenure.proto.event.v1.Ledger ledger(ProjectId project, Ledger ledger) {
    LogCounts counts = ledger.counts();
    return io.tenure.proto.event.v1.Ledger.newBuilder()
        .setProjectId(project.value())
        .setReceived(counts.received())
        .setAccepted(counts.accepted())
        .setDuplicate(counts.duplicate())
        .setQuarantined(counts.quarantinedTotal())
        .setRefused(counts.refusedTotal())
        .setStored(ledger.stored())
        .setWaiting(ledger.waiting())
        .putAllQuarantineReasons(counts.quarantined())
        .setApplied(counts.applied())
        .setWithheld(counts.withheld())
        .setExpired(ledger.expired())
        .setLagMilliseconds(ledger.lag().toMillis())
        .addAllSinks(ledger.sinks().stream().map(CollectorGrpcService::sink).toList())
        .putAllRefuseReasons(counts.refused())
        .build();
  }

  private static io.tenure.proto.event.v1.SinkLag sink(SinkLag lag) {
    return io.tenure.proto.event.v1.SinkLag.newBuilder()
        .setSink(lag.sink())
        .setRecords(lag.records())
        .setAgeMilliseconds(lag.age().toMillis())
        .build();
  }
}
