package io.tenure.collector.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.ledger.Bookkeeping;
import io.tenure.collector.domain.ledger.Ledger;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.domain.relay.EventStore.QuarantineKey;
import io.tenure.collector.domain.relay.EventStore.QuarantineRow;
import io.tenure.collector.domain.relay.SinkLag;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.CollectResponse;
import io.tenure.proto.event.v1.CollectorServiceGrpc.CollectorServiceImplBase;
import io.tenure.proto.event.v1.GetLedgerRequest;
import io.tenure.proto.event.v1.GetLedgerResponse;
import io.tenure.proto.event.v1.ListQuarantineRequest;
import io.tenure.proto.event.v1.ListQuarantineResponse;
import io.tenure.proto.event.v1.QuarantinedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** Our own API: takes events, and tells what became of all that were received. */
@GrpcService
public final class CollectorGrpcService extends CollectorServiceImplBase {

  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  /** A page ends early when its records are large, to stay well below the largest reply. */
  private static final long PAGE_BYTES = 4L << 20;

  private final NativeReception reception;
  private final Bookkeeping bookkeeping;
  private final EventStore store;

  /** Takes through a reception, answers from the books and the store. */
  public CollectorGrpcService(
      NativeReception reception, Bookkeeping bookkeeping, EventStore store) {
    this.reception = reception;
    this.bookkeeping = bookkeeping;
    this.store = store;
  }

  /** Any caller may: a write key is made for it. */
  @Override
  public void collect(CollectRequest request, StreamObserver<CollectResponse> reply) {
    reply.onNext(reception.collect(CallerContext.current().project(), request));
    reply.onCompleted();
  }

  @Override
  public void getLedger(GetLedgerRequest request, StreamObserver<GetLedgerResponse> reply) {
    ProjectId project = reader().project();
    reply.onNext(
        GetLedgerResponse.newBuilder()
            .setLedger(ledger(project, bookkeeping.ledger(project)))
            .build());
    reply.onCompleted();
  }

  @Override
  public void listQuarantine(
      ListQuarantineRequest request, StreamObserver<ListQuarantineResponse> reply) {
    ProjectId project = reader().project();
    int size = pageSize(request.getPageSize());
    List<QuarantineRow> rows =
        store.listQuarantined(project, request.getReason(), key(request.getPageToken()), size + 1);
    ListQuarantineResponse.Builder page = ListQuarantineResponse.newBuilder();
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (i == size || bytes > PAGE_BYTES) {
        page.setNextPageToken(token(rows.get(i - 1).key()));
        break;
      }
      page.addRecords(record(rows.get(i)));
      bytes += rows.get(i).original().length;
    }
    reply.onNext(page.build());
    reply.onCompleted();
  }

  /** Original records can hold anything a user typed, so a write key must not read them. */
  private static Caller reader() {
    Caller caller = CallerContext.current();
    if (caller.role() == Caller.Role.WRITER) {
      throw Failure.of(Reason.PERMISSION_DENIED, "The credential may only send events");
    }
    return caller;
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

  private static QuarantinedRecord record(QuarantineRow row) {
    return QuarantinedRecord.newBuilder()
        .setId(row.key().logId() + ":" + row.key().offset())
        .setReason(row.reason())
        .setDetail(row.detail())
        .setReceiveTime(Timestamps.fromMillis(row.key().receiveTime().toEpochMilli()))
        .setDialect(row.dialect())
        .setOriginal(ByteString.copyFrom(row.original()))
        .build();
  }

  private static int pageSize(int asked) {
    if (asked < 0 || asked > LARGEST_PAGE) {
      throw Failure.invalid("page_size", "must be 0 to " + LARGEST_PAGE);
    }
    return asked == 0 ? DEFAULT_PAGE : asked;
  }

  private static String token(QuarantineKey key) {
    String text = key.receiveTime().toEpochMilli() + ":" + key.offset() + ":" + key.logId();
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static QuarantineKey key(String token) {
    if (token.isEmpty()) {
      return QuarantineKey.NEWEST;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = text.split(":", 3);
      return new QuarantineKey(
          Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[2], Long.parseLong(parts[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notOurs) {
      throw Failure.invalid("page_token", "is not from a previous reply");
    }
  }
}
