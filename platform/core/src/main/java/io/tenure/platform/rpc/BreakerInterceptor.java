package io.tenure.platform.rpc;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops calling a service that does not answer, and gives every call a deadline. */
final class BreakerInterceptor implements ClientInterceptor {

  private final CircuitBreaker breaker;
  private final Duration deadline;

  BreakerInterceptor(CircuitBreaker breaker, Duration deadline) {
    this.breaker = breaker;
    this.deadline = deadline;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    if (!breaker.tryAcquirePermission()) {
      throw Failure.unavailable(
          breaker.getName() + " does not answer",
          breaker.getCircuitBreakerConfig().getMaxWaitDurationInHalfOpenState().plusSeconds(5));
    }
    CallOptions bounded =
        options.getDeadline() == null
            ? options.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
            : options;
    long start = System.nanoTime();
    return new SimpleForwardingClientCall<>(next.newCall(method, bounded)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, @Nullable Metadata trailers) {
                record(status, System.nanoTime() - start);
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }

  private void record(Status status, long nanos) {
    switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, UNKNOWN ->
          breaker.onError(nanos, TimeUnit.NANOSECONDS, status.asRuntimeException());
      default -> breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
