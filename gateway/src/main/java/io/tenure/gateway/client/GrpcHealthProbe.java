package io.tenure.gateway.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.tenure.gateway.domain.HealthProbe;
import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a service by the gRPC health protocol. */
public final class GrpcHealthProbe implements HealthProbe {

  private final String service;
  private final HealthGrpc.HealthBlockingStub stub;
  private final Duration patience;

  /** A probe of the service behind a channel. */
  public GrpcHealthProbe(String service, Channel channel, Duration patience) {
    this.service = service;
    this.stub = HealthGrpc.newBlockingStub(channel);
    this.patience = patience;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public Optional<String> trouble() {
    try {
      ServingStatus status =
          stub.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus();
      return status == ServingStatus.SERVING
          ? Optional.empty()
          : Optional.of("is not ready to serve");
    } catch (StatusRuntimeException | Failure unanswered) {
      return Optional.of("does not answer");
    }
  }
}
