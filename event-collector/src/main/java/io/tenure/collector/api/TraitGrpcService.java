package io.tenure.collector.api;

import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.tenancy.Caller;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.EventOutcome;
import io.tenure.proto.event.v1.NewEvent;
import io.tenure.proto.event.v1.TraitServiceGrpc.TraitServiceImplBase;
import io.tenure.proto.event.v1.TraitWrite;
import io.tenure.proto.event.v1.WriteTraitsRequest;
import io.tenure.proto.event.v1.WriteTraitsResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/**
 * Takes changes of traits that people and servers make. Each write becomes an event without a name,
 * whose id is made of the request's, so that a repeated request is recognised write by write.
 */
@GrpcService
public final class TraitGrpcService extends TraitServiceImplBase {

  private static final int LONGEST_REQUEST_ID = 200;

  private final NativeReception reception;

  /** Takes through a reception. */
  public TraitGrpcService(NativeReception reception) {
    this.reception = reception;
  }

  /** Not for write keys: they are public, and this is for whoever manages what is known. */
  @Override
  public void writeTraits(WriteTraitsRequest request, StreamObserver<WriteTraitsResponse> reply) {
    Caller caller = Readers.editor();
    CollectRequest events = events(request);
    reply.onNext(WriteTraitsResponse.newBuilder().addAllOutcomes(collect(caller, events)).build());
    reply.onCompleted();
  }

  /** What is wrong with an event is wrong with the write it was made of. */
  private List<EventOutcome> collect(Caller caller, CollectRequest events) {
    try {
      return reception.collect(caller.project(), events).getOutcomesList();
    } catch (Failure failure) {
      if (failure.violations().isEmpty()) {
        throw failure;
      }
      throw Failure.invalid(
          failure.violations().stream()
              .map(
                  violation ->
                      new FieldViolation(
                          violation.field().replaceFirst("^events\\b", "writes"),
                          violation.description()))
              .toList());
    }
  }

  private static CollectRequest events(WriteTraitsRequest request) {
    List<FieldViolation> violations = violations(request);
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
    CollectRequest.Builder events = CollectRequest.newBuilder();
    for (int i = 0; i < request.getWritesCount(); i++) {
      TraitWrite write = request.getWrites(i);
      events.addEvents(
          NewEvent.newBuilder()
              .setEventId("traits:" + request.getRequestId() + ":" + i)
              .setLoginId(write.getLoginId())
              .setAnonymousId(write.getAnonymousId())
              .addAllChanges(write.getChangesList()));
    }
    return events.build();
  }

  private static List<FieldViolation> violations(WriteTraitsRequest request) {
    List<FieldViolation> violations = new ArrayList<>();
    int length = request.getRequestId().length();
    if (length == 0 || length > LONGEST_REQUEST_ID) {
      violations.add(
          new FieldViolation("request_id", "must have 1 to " + LONGEST_REQUEST_ID + " characters"));
    }
    int count = request.getWritesCount();
    if (count == 0 || count > NativeEvents.MOST) {
      violations.add(new FieldViolation("writes", "must be 1 to " + NativeEvents.MOST));
      return violations;
    }
    for (int i = 0; i < count; i++) {
      TraitWrite write = request.getWrites(i);
      if (write.getLoginId().isEmpty() && write.getAnonymousId().isEmpty()) {
        violations.add(
            new FieldViolation("writes[" + i + "].login_id", "is needed, or anonymous_id"));
      }
      if (write.getChangesCount() == 0) {
        violations.add(new FieldViolation("writes[" + i + "].changes", "must be 1 to 300"));
      }
    }
    return violations;
  }
}
