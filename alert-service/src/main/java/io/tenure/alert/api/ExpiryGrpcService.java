package io.tenure.alert.api;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.alert.domain.ExpiredAlerts;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.retention.v1.ExpireRequest;
import io.tenure.proto.retention.v1.ExpireResponse;
import io.tenure.proto.retention.v1.ExpiredCounts;
import io.tenure.proto.retention.v1.Expiry;
import io.tenure.proto.retention.v1.ExpiryServiceGrpc.ExpiryServiceImplBase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.grpc.server.service.GrpcService;

/**
 * The door for profile-service, which knows how long what is kept. The gateway does not open it.
 */
@GrpcService
public final class ExpiryGrpcService extends ExpiryServiceImplBase {

  private final ExpiredAlerts alerts;

  /** A door to the given use case. */
  public ExpiryGrpcService(ExpiredAlerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public void expire(ExpireRequest request, StreamObserver<ExpireResponse> observer) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    Map<ProjectId, Instant> before = new LinkedHashMap<>();
    for (Expiry expiry : request.getExpiriesList()) {
      if (!ProjectId.isValid(expiry.getProjectId())) {
        throw Failure.invalid("expiries.project_id", "must name a project");
      }
      if (expiry.hasAlertsBefore()) {
        before.put(
            new ProjectId(expiry.getProjectId()),
            Instant.ofEpochMilli(Timestamps.toMillis(expiry.getAlertsBefore())));
      }
    }
    String waiting = request.getCountOnly() ? "" : alerts.waitingReason();
    ExpireResponse.Builder response = ExpireResponse.newBuilder().setWaitingReason(waiting);
    Map<ProjectId, Long> counts = alerts.count(before);
    for (ProjectId project : before.keySet()) {
      response.addCounts(
          ExpiredCounts.newBuilder()
              .setProjectId(project.value())
              .putCounts("clickhouse.alerts", counts.getOrDefault(project, 0L)));
    }
    if (!request.getCountOnly() && waiting.isEmpty()) {
      alerts.delete(before);
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }
}
