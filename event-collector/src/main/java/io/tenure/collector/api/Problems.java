package io.tenure.collector.api;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.platform.failure.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what goes wrong at the HTTP door into problem documents (RFC 9457). */
@RestControllerAdvice
public final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final Tracer tracer;

  /** Problems that name the current trace. */
  public Problems(Tracer tracer) {
    this.tracer = tracer;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> malformed(MalformedBody malformed) {
    return problem(HttpStatus.BAD_REQUEST, malformed.detail(), null);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooLarge(BodyTooLarge tooLarge) {
    String message = tooLarge.getMessage();
    return problem(HttpStatus.CONTENT_TOO_LARGE, message == null ? "" : message, null);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> failure(Failure failure) {
    ResponseEntity<ProblemDetail> response =
        problem(status(failure), failure.text(), failure.retryAfter().orElse(null));
    ProblemDetail body = response.getBody();
    if (body != null && !failure.violations().isEmpty()) {
      body.setProperty("violations", failure.violations());
    }
    return response;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> defect(RuntimeException defect) {
    LOG.error("A request failed unexpectedly", defect);
    return problem(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed", null);
  }

  /** A status somebody else decided on; its name says everything. */
  ResponseEntity<ProblemDetail> of(HttpStatusCode status) {
    return problem(status, null, null);
  }

  private ResponseEntity<ProblemDetail> problem(
      HttpStatusCode status, @Nullable String detail, @Nullable Duration retryAfter) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    @Nullable TraceContext trace = tracer.currentTraceContext().context();
    if (trace != null) {
      problem.setProperty("trace_id", trace.traceId());
    }
    ResponseEntity.BodyBuilder response = ResponseEntity.status(status);
    if (retryAfter != null) {
      response.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    return response.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
  }

  private static HttpStatus status(Failure failure) {
    return switch (failure.reason()) {
      case INVALID_ARGUMENT -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case ALREADY_EXISTS, ABORTED, FAILED_PRECONDITION -> HttpStatus.CONFLICT;
      case RESOURCE_EXHAUSTED, UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED ->
          HttpStatus.SERVICE_UNAVAILABLE;
      case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
