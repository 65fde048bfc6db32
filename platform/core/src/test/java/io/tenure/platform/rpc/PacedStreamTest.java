package io.tenure.platform.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PacedStreamTest {

  private static final int MANY = 1_000;

  private final AtomicInteger sent = new AtomicInteger();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CompletableFuture<Failure> refused = new CompletableFuture<>();
  private volatile Duration patience = Duration.ofMinutes(10);
  private Server server;
  private ManagedChannel channel;

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void sendsEverythingToWhoReads() {
    Iterator<HealthCheckResponse> messages =
        HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
    int received = 0;
    while (messages.hasNext()) {
      messages.next();
      received++;
    }
    assertThat(received).isEqualTo(MANY);
  }

  @Test
  void sendsAwayWhoTakesNothing() throws Exception {
    patience = Duration.ofMillis(20);
    CompletableFuture<Status> ended = new CompletableFuture<>();
    call(ended).request(2);
    assertThat(ended.get(1, TimeUnit.MINUTES).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(sent.get()).as("no faster than the reader").isLessThan(10);
  }

  @Test
  void stopsWhenTheReaderLeaves() throws Exception {
    ClientCall<HealthCheckRequest, HealthCheckResponse> call = call(new CompletableFuture<>());
    call.request(2);
    assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();
    call.cancel("gone", null);
    assertThat(refused.get(1, TimeUnit.MINUTES).reason()).isEqualTo(Reason.ABORTED);
  }

  private ClientCall<HealthCheckRequest, HealthCheckResponse> call(
      CompletableFuture<Status> ended) {
    ClientCall<HealthCheckRequest, HealthCheckResponse> call =
        channel.newCall(HealthGrpc.getWatchMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        new Metadata());
    call.sendMessage(HealthCheckRequest.getDefaultInstance());
    call.halfClose();
    return call;
  }

  @BeforeEach
  void start() throws IOException {
    HealthGrpc.HealthImplBase service =
        new HealthGrpc.HealthImplBase() {
          @Override
          public void watch(
              HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
            PacedStream<HealthCheckResponse> stream = new PacedStream<>(observer, patience);
            try {
              for (int i = 0; i < MANY; i++) {
                stream.send(HealthCheckResponse.getDefaultInstance());
                sent.incrementAndGet();
                waiting.countDown();
              }
              stream.end();
            } catch (Failure failure) {
              refused.complete(failure);
              observer.onError(FailureStatus.toStatus(failure));
            }
          }
        };
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).addService(service).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
  }
}
