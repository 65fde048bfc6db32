package io.tenure.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import java.util.List;
import java.util.Locale;

/**
 * RFC 9457: what a caller learns about a request that failed.
 *
 * @param type names the kind of problem
 * @param title the kind in words
 * @param status HTTP status
 * @param detail what happened this time
 * @param traceId finds the request in our traces and logs
 * @param violations the invalid fields, if that is the problem
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
    String type,
    String title,
    int status,
    String detail,
    @JsonProperty("trace_id") String traceId,
    List<FieldViolation> violations) {

  static Problem of(Failure failure, String traceId) {
    Reason reason = failure.reason();
    String detail = reason == Reason.INTERNAL ? "" : failure.text();
    return new Problem(
        type(reason.name()), title(reason), status(reason), detail, traceId, failure.violations());
  }

  static Problem of(int status, String detail, String traceId) {
    String title = title(status);
    return new Problem(type(title), title, status, detail, traceId, List.of());
  }

  private static String type(String name) {
    return "urn:tenure:problem:"
        + name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }

  static int status(Reason reason) {
    return switch (reason) {
      case INVALID_ARGUMENT -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case INTERNAL -> 500;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }

  private static String title(Reason reason) {
    return switch (reason) {
      case INVALID_ARGUMENT -> "Invalid request";
      case UNAUTHENTICATED -> "No valid credential";
      case PERMISSION_DENIED -> "Not allowed";
      case NOT_FOUND -> "Not found";
      case ALREADY_EXISTS -> "Already exists";
      case FAILED_PRECONDITION -> "Not possible now";
      case ABORTED -> "Changed in between";
      case RESOURCE_EXHAUSTED -> "Limit reached";
      case CANCELLED -> "Cancelled";
      case INTERNAL -> "Internal error";
      case UNAVAILABLE -> "Not available";
      case DEADLINE_EXCEEDED -> "Took too long";
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Invalid request";
      case 401 -> "No valid credential";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 406 -> "Not acceptable";
      case 408 -> "Too slow";
      case 413 -> "Too large";
      case 415 -> "Unsupported media type";
      case 429 -> "Limit reached";
      case 431 -> "Header too large";
      case 503 -> "Not available";
      default -> status < 500 ? "Request refused" : "Internal error";
    };
  }
}
