package io.tenure.gateway.api.ingest;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Stops sending to a collector that does not answer. Whatever goes wrong behind the gateway is a
 * 503 with Retry-After, because SDKs on phones delete their events on 429.
 */
public final class CollectorBreaker
    implements HandlerFilterFunction<ServerResponse, ServerResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(CollectorBreaker.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final CircuitBreaker breaker;

  /** A filter around a breaker. */
  public CollectorBreaker(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    if (!breaker.tryAcquirePermission()) {
      throw Failure.unavailable("The collector does not answer", RETRY);
    }
    long start = System.nanoTime();
    try {
      ServerResponse response = next.handle(request);
      breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      return response;
    } catch (ResourceAccessException exception) {
      breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, exception);
      LOG.debug("The collector does not answer", exception);
      throw Failure.unavailable("The collector does not answer", RETRY, exception);
    } catch (Exception exception) {
      breaker.releasePermission();
      throw exception;
    }
  }
}
