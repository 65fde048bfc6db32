package io.tenure.platform.failure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of the platform: a reason, a message made for the caller, and what the caller
 * can do about it. Any other exception is a defect and reaches the caller as {@link
 * Reason#INTERNAL} without its text.
 */
public final class Failure extends RuntimeException {

  private final Reason reason;
  private final transient Map<String, String> metadata;
  private final transient List<FieldViolation> violations;
  private final transient @Nullable Duration retryAfter;

  private Failure(
      Reason reason,
      String message,
      Map<String, String> metadata,
      List<FieldViolation> violations,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.metadata = Map.copyOf(metadata);
    this.violations = List.copyOf(violations);
    this.retryAfter = retryAfter;
  }

  /** A failure with a message for the caller. */
  public static Failure of(Reason reason, String message) {
    return new Failure(reason, message, Map.of(), List.of(), null, null);
  }

  /** A failure that keeps its cause for our logs; the cause is never shown to the caller. */
  public static Failure of(Reason reason, String message, Throwable cause) {
    return new Failure(reason, message, Map.of(), List.of(), null, cause);
  }

  /** One invalid field. */
  public static Failure invalid(String field, String description) {
    return invalid(List.of(new FieldViolation(field, description)));
  }

  /** Several invalid fields; the list must not be empty. */
  public static Failure invalid(List<FieldViolation> violations) {
    FieldViolation first = violations.getFirst();
    String message = first.field() + ": " + first.description();
    return new Failure(Reason.INVALID_ARGUMENT, message, Map.of(), violations, null, null);
  }

  /** Nothing of that kind and id in the caller's project. */
  public static Failure notFound(String kind, String id) {
    return new Failure(
        Reason.NOT_FOUND,
        "There is no " + kind + " '" + id + "'",
        Map.of("kind", kind, "id", id),
        List.of(),
        null,
        null);
  }

  /** Something that needs time: the caller should try again after this long. */
  public static Failure unavailable(String message, Duration retryAfter) {
    return new Failure(Reason.UNAVAILABLE, message, Map.of(), List.of(), retryAfter, null);
  }

  /** As {@link #unavailable(String, Duration)}, keeping the cause for our logs. */
  public static Failure unavailable(String message, Duration retryAfter, Throwable cause) {
    return new Failure(Reason.UNAVAILABLE, message, Map.of(), List.of(), retryAfter, cause);
  }

  /** A failure as it came over the wire. */
  public static Failure received(
      Reason reason,
      String message,
      Map<String, String> metadata,
      List<FieldViolation> violations,
      @Nullable Duration retryAfter) {
    return new Failure(reason, message, metadata, violations, retryAfter, null);
  }

  /** Why it failed. */
  public Reason reason() {
    return reason;
  }

  /** The text for the caller. */
  public String text() {
    String message = getMessage();
    return message == null ? reason.name() : message;
  }

  /** Machine-readable details. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The invalid fields; empty unless the reason is {@link Reason#INVALID_ARGUMENT}. */
  public List<FieldViolation> violations() {
    return violations;
  }

  /** When to try again. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
