package io.tenure.profile.client;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.retention.Expirer;
import io.tenure.profile.domain.retention.Expiry;
import io.tenure.proto.retention.v1.ExpireRequest;
import io.tenure.proto.retention.v1.ExpireResponse;
import io.tenure.proto.retention.v1.ExpiredCounts;
import io.tenure.proto.retention.v1.ExpiryServiceGrpc;
import io.tenure.proto.retention.v1.ExpiryServiceGrpc.ExpiryServiceBlockingStub;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Another service that keeps something with an end. */
public final class ServiceExpirer implements Expirer {

  private final ExpiryServiceBlockingStub service;

  /** An expirer behind a channel. */
  public ServiceExpirer(Channel channel) {
    this.service = ExpiryServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public Answer expire(String runId, List<Expiry> expiries, boolean countOnly) {
    ExpireRequest.Builder request = ExpireRequest.newBuilder().setCountOnly(countOnly);
    expiries.forEach(expiry -> request.addExpiries(write(expiry)));
    try {
      ExpireResponse response =
          CallerContext.as(
              Caller.service(expiries.getFirst().project(), "profile-service"),
              () -> service.expire(request.build()));
      Map<ProjectId, Map<String, Long>> counts = new HashMap<>();
      for (ExpiredCounts one : response.getCountsList()) {
        counts.put(new ProjectId(one.getProjectId()), one.getCountsMap());
      }
      return new Answer(response.getWaitingReason(), counts);
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static io.tenure.proto.retention.v1.Expiry write(Expiry expiry) {
    io.tenure.proto.retention.v1.Expiry.Builder message =
        io.tenure.proto.retention.v1.Expiry.newBuilder()
            .setProjectId(expiry.project().value())
            .addAllPersonalNames(expiry.personalNames());
    set(expiry.events(), message::setEventsBefore);
    set(expiry.properties(), message::setPropertiesBefore);
    set(expiry.personalProperties(), message::setPersonalPropertiesBefore);
    set(expiry.quarantine(), message::setQuarantineBefore);
    set(expiry.alerts(), message::setAlertsBefore);
    return message.build();
  }

  private static void set(Instant end, Consumer<Timestamp> setter) {
    if (Expiry.isSet(end)) {
      setter.accept(Timestamps.fromMillis(end.toEpochMilli()));
    }
  }
}
