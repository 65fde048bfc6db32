package io.tenure.collector.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.expiry.Expiration;
import io.tenure.collector.domain.expiry.Expiry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.retention.v1.ExpireRequest;
import io.tenure.proto.retention.v1.ExpireResponse;
import io.tenure.proto.retention.v1.ExpiredCounts;
import io.tenure.proto.retention.v1.ExpiryServiceGrpc.ExpiryServiceImplBase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.grpc.server.service.GrpcService;

/**
 * The door for profile-service, which knows how long what is kept. The gateway does not open it.
 */
@GrpcService
public final class ExpiryGrpcService extends ExpiryServiceImplBase {

  private final Expiration expiration;

  /** A door to the given use case. */
  public ExpiryGrpcService(Expiration expiration) {
    this.expiration = expiration;
  }

  @Override
  public void expire(ExpireRequest request, StreamObserver<ExpireResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    List<Expiry> expiries =
        request.getExpiriesList().stream().map(ExpiryGrpcService::read).toList();
    Expiration.Outcome outcome = expiration.expire(expiries, request.getCountOnly());
    ExpireResponse.Builder response =
        ExpireResponse.newBuilder().setWaitingReason(outcome.waitingReason());
    outcome
        .counts()
        .forEach(
            (project, counts) ->
                response.addCounts(
                    ExpiredCounts.newBuilder().setProjectId(project.value()).putAllCounts(counts)));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static Expiry read(io.tenure.proto.retention.v1.Expiry message) {
    if (!ProjectId.isValid(message.getProjectId())) {
      throw Failure.invalid("expiries.project_id", "must name a project");
    }
    return new Expiry(
        new ProjectId(message.getProjectId()),
        instant(message.getEventsBefore()),
        instant(message.getPropertiesBefore()),
        instant(message.getPersonalPropertiesBefore()),
        Set.copyOf(message.getPersonalNamesList()),
        instant(message.getQuarantineBefore()));
  }

  /** The default message is the epoch, which keeps everything. */
  private static Instant instant(Timestamp time) {
    return Instant.ofEpochMilli(Timestamps.toMillis(time));
  }
}
