package io.tenure.gateway.api;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * The only place where something thrown becomes a reply. An exception that is neither a failure nor
 * a refusal is a defect of ours: it is logged, and the caller gets a trace id and no text.
 */
public final class Problems implements HandlerExceptionResolver, Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String MEDIA_TYPE = "application/problem+json";

  private final Tracer tracer;

  /** Problems that name the current trace. */
  public Problems(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception exception) {
    if (response.isCommitted()) {
      // Handled like any other the reply would end as if it were whole; Tomcat cuts the connection.
      return exception instanceof CloseNowException ? null : new ModelAndView();
    }
    response.resetBuffer();
    switch (exception) {
      case Refusal refusal -> {
        refusal.headers().forEach(response::setHeader);
        write(response, Problem.of(refusal.status(), refusal.detail(), traceId()));
      }
      case Failure failure -> write(response, failure);
      // Thrown while a reply was written of which nothing was sent yet.
      case ServletException wrapped when wrapped.getCause() instanceof Failure failure ->
          write(response, failure);
      case ErrorResponse known -> {
        known
            .getHeaders()
            .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        write(response, Problem.of(known.getStatusCode().value(), "", traceId()));
      }
      default -> {
        LOG.error("A request failed unexpectedly", exception);
        write(response, Problem.of(500, "", traceId()));
      }
    }
    return new ModelAndView();
  }

  /** The status a reason has in every reply. */
  public static int status(Reason reason) {
    return Problem.status(reason);
  }

  /** Writes a status the container decided on. */
  public void write(HttpServletResponse response, int status) {
    write(response, Problem.of(status, "", traceId()));
  }

  private void write(HttpServletResponse response, Failure failure) {
    if (failure.reason() == Reason.INTERNAL) {
      LOG.error("A request failed: {}", failure.text(), failure);
    }
    Optional<Duration> wait = failure.retryAfter();
    if (wait.isEmpty() && failure.reason() == Reason.UNAVAILABLE) {
      wait = Optional.of(Duration.ofSeconds(1));
    }
    wait.ifPresent(
        delay -> response.setHeader("Retry-After", Long.toString(Math.max(1, roundUp(delay)))));
    if (failure.reason() == Reason.UNAUTHENTICATED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    write(response, Problem.of(failure, traceId()));
  }

  private static void write(HttpServletResponse response, Problem problem) {
    byte[] body = Json.MAPPER.writeValueAsBytes(problem);
    response.setStatus(problem.status());
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    try {
      response.getOutputStream().write(body);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static long roundUp(Duration delay) {
    return (delay.toMillis() + 999) / 1000;
  }

  private String traceId() {
    Span span = tracer.currentSpan();
    return span == null ? "" : span.context().traceId();
  }

  /** The members every problem has, for the description of the API. */
  public static Map<String, String> members() {
    return Map.of(
        "type", "Names the kind of problem.",
        "title", "The kind in words.",
        "status", "HTTP status.",
        "detail", "What happened this time.",
        "trace_id", "Finds the request in traces and logs.");
  }
}
