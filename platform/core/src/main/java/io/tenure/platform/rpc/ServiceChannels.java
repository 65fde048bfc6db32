package io.tenure.platform.rpc;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;

/**
 * Makes the channels to other services. Every call on them has a deadline, is retried while the
 * service is unavailable, passes a circuit breaker and carries the caller and the trace on.
 */
public final class ServiceChannels {

  private static final Map<String, Object> RETRIES =
      Map.of(
          "methodConfig",
          List.of(
              Map.of(
                  "name",
                  List.of(Map.of()),
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      4.0,
                      "initialBackoff",
                      "0.1s",
                      "maxBackoff",
                      "1s",
                      "backoffMultiplier",
                      2.0,
                      "retryableStatusCodes",
                      List.of("UNAVAILABLE")))));

  private final GrpcChannelFactory factory;
  private final CircuitBreakerRegistry breakers;

  /** Channels whose breakers report to the given registry. */
  public ServiceChannels(GrpcChannelFactory factory, MeterRegistry meters) {
    this.factory = factory;
    this.breakers =
        CircuitBreakerRegistry.of(
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(5))
                .permittedNumberOfCallsInHalfOpenState(3)
                .build());
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
  }

  /**
   * A guarded channel.
   *
   * @param service name shown in metrics and failures, for example {@code profile-service}
   * @param target {@code in-process:NAME}, {@code static://HOST:PORT} or {@code dns:///HOST:PORT}
   * @param deadline for calls that set none themselves
   */
  public Channel open(String service, String target, Duration deadline) {
    CircuitBreaker breaker = breakers.circuitBreaker(service);
    return factory.createChannel(
        target,
        ChannelBuilderOptions.defaults()
            .withInterceptors(
                List.of(new CallerPropagation(), new BreakerInterceptor(breaker, deadline)))
            .withInterceptorsMerge(true)
            .withCustomizer(
                (name, builder) -> builder.enableRetry().defaultServiceConfig(RETRIES)));
  }
}
