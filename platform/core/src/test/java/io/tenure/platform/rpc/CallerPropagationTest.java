package io.tenure.platform.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CallerPropagationTest {

  private final AtomicReference<Optional<Caller>> seen = new AtomicReference<>(Optional.empty());
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    HealthGrpc.HealthImplBase service =
        new HealthGrpc.HealthImplBase() {
          @Override
          public void check(
              HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
            seen.set(CallerContext.find());
            answer.onNext(HealthCheckResponse.getDefaultInstance());
            answer.onCompleted();
          }
        };
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .addService(ServerInterceptors.intercept(service, new CallerPropagation()))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void carriesTheCallerToTheNextService() {
    Caller caller = new Caller(new ProjectId("bank"), "person:ann", Caller.Role.ANALYST);

    CallerContext.as(caller, this::call);

    assertThat(seen.get()).contains(caller);
  }

  @Test
  void carriesNothingWhenThereIsNoCaller() {
    call();

    assertThat(seen.get()).isEmpty();
  }

  private HealthCheckResponse call() {
    Channel intercepted = ClientInterceptors.intercept(channel, new CallerPropagation());
    return HealthGrpc.newBlockingStub(intercepted).check(HealthCheckRequest.getDefaultInstance());
  }
}
