package io.tenure.collector.api;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.arrivals.Arrivals;
import io.tenure.collector.domain.arrivals.Arrivals.Arrived;
import io.tenure.collector.domain.arrivals.WatchedId;
import io.tenure.collector.domain.quarantine.MaskedText;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller;
import io.tenure.proto.event.v1.ArrivalServiceGrpc.ArrivalServiceImplBase;
import io.tenure.proto.event.v1.ArrivalStep;
import io.tenure.proto.event.v1.ArrivedRecord;
import io.tenure.proto.event.v1.ListArrivalsRequest;
import io.tenure.proto.event.v1.ListArrivalsResponse;
import io.tenure.proto.event.v1.WatchArrivalsRequest;
import io.tenure.proto.event.v1.WatchArrivalsResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.springframework.grpc.server.service.GrpcService;

/** Shows the records of a watched id as they arrive. */
@GrpcService
public final class ArrivalGrpcService extends ArrivalServiceImplBase {

  private static final int DEFAULT_MINUTES = 10;
  private static final int MOST_MINUTES = 60;
  private static final int LONGEST_ID = 255;
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18}-\\d{1,18})?");

  private final Arrivals arrivals;
  private final Clock clock;

  /** Shows what was seen. */
  public ArrivalGrpcService(Arrivals arrivals, Clock clock) {
    this.arrivals = arrivals;
    this.clock = clock;
  }

  @Override
  public void watchArrivals(
      WatchArrivalsRequest request, StreamObserver<WatchArrivalsResponse> reply) {
    WatchedId id = id(Readers.current(), request.getId());
    int minutes = request.getMinutes() == 0 ? DEFAULT_MINUTES : request.getMinutes();
    if (minutes < 0 || minutes > MOST_MINUTES) {
      throw Failure.invalid("minutes", "must be 0 to " + MOST_MINUTES);
    }
    Instant now = clock.instant();
    Instant end = now.plus(Duration.ofMinutes(minutes));
    arrivals.watch(id, now, end);
    reply.onNext(
        WatchArrivalsResponse.newBuilder()
            .setEndTime(Timestamps.fromMillis(end.toEpochMilli()))
            .build());
    reply.onCompleted();
  }

  @Override
  public void listArrivals(
      ListArrivalsRequest request, StreamObserver<ListArrivalsResponse> reply) {
    Caller caller = Readers.current();
    if (!CURSOR.matcher(request.getAfter()).matches()) {
      throw Failure.invalid("after", "is not from a previous reply");
    }
    ListArrivalsResponse.Builder response =
        ListArrivalsResponse.newBuilder().setNextAfter(request.getAfter());
    for (Arrived arrived : arrivals.list(id(caller, request.getId()), request.getAfter())) {
      response.addRecords(record(arrived, Readers.seesContent(caller)));
      response.setNextAfter(arrived.cursor());
    }
    reply.onNext(response.build());
    reply.onCompleted();
  }

  private static WatchedId id(Caller caller, String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw Failure.invalid("id", "must have 1 to " + LONGEST_ID + " characters");
    }
    return new WatchedId(caller.project(), id);
  }

  private static ArrivedRecord record(Arrived arrived, boolean whole) {
    io.tenure.collector.domain.arrivals.ArrivedRecord record = arrived.record();
    ArrivedRecord.Builder message =
        ArrivedRecord.newBuilder()
            .setCursor(arrived.cursor())
            .setReceiveTime(Timestamps.fromMillis(record.receiveTime().toEpochMilli()))
            .setDialect(record.dialect())
            .setLibrary(record.library())
            .setEventName(record.eventName())
            .setOutcome(record.outcome())
            .setReason(record.reason())
            .setDetail(record.detail())
            .setRecord(whole ? record.record() : MaskedText.of(record.record()));
    record
        .steps()
        .forEach(
            step ->
                message.addSteps(
                    ArrivalStep.newBuilder()
                        .setStep(step.step())
                        .setResult(step.result())
                        .setReason(step.reason())
                        .setDetail(step.detail())));
    return message.build();
  }
}
