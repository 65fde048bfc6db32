package io.tenure.platform.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;

final class ServiceChannelsTest {

  private final AtomicInteger calls = new AtomicInteger();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final String name = InProcessServerBuilder.generateName();
  private volatile Behaviour behaviour = call -> Status.OK;
  private Server server;

  /** What the service does at its n-th call, from 1. */
  private interface Behaviour {
    Status at(int call);
  }

  /** Stands for a service that accepts a call and never answers it. */
  private static final Status SILENCE = Status.OK.withDescription("silence");

  @BeforeEach
  void start() throws IOException {
    server =
        InProcessServerBuilder.forName(name)
            .addService(
                new HealthGrpc.HealthImplBase() {
                  @Override
                  public void check(
                      HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
                    answer(behaviour.at(calls.incrementAndGet()), answer);
                  }
                })
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.shutdownNow();
  }

  @Test
  void triesAgainWhileTheServiceIsUnavailable() {
    behaviour = call -> call < 3 ? Status.UNAVAILABLE : Status.OK;

    check(open(Duration.ofSeconds(20)));

    assertThat(calls).hasValue(3);
  }

  @Test
  void doesNotRepeatWhatTheServiceRefused() {
    behaviour = call -> Status.INVALID_ARGUMENT;

    assertThatThrownBy(() -> check(open(Duration.ofSeconds(20))))
        .isInstanceOf(StatusRuntimeException.class);

    assertThat(calls).hasValue(1);
  }

  @Test
  void givesEveryCallADeadline() {
    behaviour = call -> SILENCE;

    assertThatThrownBy(() -> check(open(Duration.ofMillis(100))))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            exception ->
                assertThat(exception.getStatus().getCode())
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED));
  }

  @Test
  void stopsCallingAServiceThatDoesNotAnswer() {
    behaviour = call -> SILENCE;
    Channel channel = open(Duration.ofMillis(20));
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> check(channel)).isInstanceOf(StatusRuntimeException.class);
    }
    int before = calls.get();

    assertThatThrownBy(() -> check(channel))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
              assertThat(failure.retryAfter()).isPresent();
            });
    assertThat(calls).hasValue(before);
  }

  @Test
  void keepsCallingAServiceThatRefuses() {
    behaviour = call -> Status.NOT_FOUND;
    Channel channel = open(Duration.ofSeconds(20));

    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(() -> check(channel)).isInstanceOf(StatusRuntimeException.class);
    }

    assertThat(calls).hasValue(30);
  }

  private Channel open(Duration deadline) {
    return new ServiceChannels(new InProcessFactory(), new SimpleMeterRegistry())
        .open("test-service", name, deadline);
  }

  private static void check(Channel channel) {
    HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
  }

  private static void answer(Status status, StreamObserver<HealthCheckResponse> answer) {
    if (status.equals(SILENCE)) {
      return;
    }
    if (status.isOk()) {
      answer.onNext(HealthCheckResponse.getDefaultInstance());
      answer.onCompleted();
    } else {
      answer.onError(status.asRuntimeException());
    }
  }

  private final class InProcessFactory implements GrpcChannelFactory {

    @Override
    public boolean supports(String target) {
      return true;
    }

    @Override
    public ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
      InProcessChannelBuilder builder = InProcessChannelBuilder.forName(target);
      options.<InProcessChannelBuilder>customizer().customize(target, builder);
      ManagedChannel channel = builder.intercept(options.interceptors()).build();
      channels.add(channel);
      return channel;
    }
  }
}
