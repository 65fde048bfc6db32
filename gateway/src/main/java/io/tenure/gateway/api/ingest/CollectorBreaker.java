package io.tenure.gateway.api.ingest;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.tenure.gateway.api.Refusal;
import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
  private final long limit;

  /** A filter around a breaker; the limit is only for the text of a 413. */
  public CollectorBreaker(CircuitBreaker breaker, long limit) {
    this.breaker = breaker;
    this.limit = limit;
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
      Optional<BodyStream.ClientFault> fault = clientFault(exception);
      if (fault.isPresent()) {
        breaker.releasePermission();
        throw fault.get().tooLarge()
            ? Refusal.tooLarge(limit)
            : new Refusal(400, "The body ended early");
      }
      breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, exception);
      LOG.debug("The collector does not answer", exception);
      throw Failure.unavailable("The collector does not answer", RETRY, exception);
    } catch (Exception exception) {
      breaker.releasePermission();
      throw exception;
    }
  }

  private static Optional<BodyStream.ClientFault> clientFault(Throwable exception) {
    for (@Nullable Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyStream.ClientFault fault) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
