package io.tenure.platform.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.failure.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The only place where a {@link Failure} becomes a {@code google.rpc.Status} and a status becomes a
 * failure again.
 */
public final class FailureStatus {

  private static final String DOMAIN = "tenure";

  private FailureStatus() {}

  /** The status to send for a failure. */
  public static StatusException toStatus(Failure failure) {
    Status.Builder status =
        Status.newBuilder().setCode(failure.reason().code().value()).setMessage(failure.text());
    status.addDetails(
        Any.pack(
            ErrorInfo.newBuilder()
                .setReason(failure.reason().name())
                .setDomain(DOMAIN)
                .putAllMetadata(failure.metadata())
                .build()));
    if (!failure.violations().isEmpty()) {
      BadRequest.Builder request = BadRequest.newBuilder();
      for (FieldViolation violation : failure.violations()) {
        request
            .addFieldViolationsBuilder()
            .setField(violation.field())
            .setDescription(violation.description());
      }
      status.addDetails(Any.pack(request.build()));
    }
    failure
        .retryAfter()
        .ifPresent(
            delay ->
                status.addDetails(
                    Any.pack(
                        RetryInfo.newBuilder()
                            .setRetryDelay(Durations.fromMillis(delay.toMillis()))
                            .build())));
    return StatusProto.toStatusException(status.build());
  }

  /** The failure a received status stands for. */
  public static Failure fromStatus(StatusRuntimeException exception) {
    Status status = StatusProto.fromThrowable(exception);
    Reason reason = Reason.of(exception.getStatus().getCode());
    if (status == null || status.getDetailsCount() == 0) {
      // Written by the transport, not by a service of ours: its text is for our logs.
      return Failure.of(reason, text(reason), exception);
    }
    Map<String, String> metadata = Map.of();
    List<FieldViolation> violations = new ArrayList<>();
    @Nullable Duration retryAfter = null;
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          metadata = detail.unpack(ErrorInfo.class).getMetadataMap();
        } else if (detail.is(BadRequest.class)) {
          for (BadRequest.FieldViolation violation :
              detail.unpack(BadRequest.class).getFieldViolationsList()) {
            violations.add(new FieldViolation(violation.getField(), violation.getDescription()));
          }
        } else if (detail.is(RetryInfo.class)) {
          retryAfter =
              Duration.ofMillis(Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay()));
        }
      }
    } catch (InvalidProtocolBufferException malformed) {
      return Failure.of(reason, status.getMessage(), malformed);
    }
    return Failure.received(reason, status.getMessage(), metadata, violations, retryAfter);
  }

  private static String text(Reason reason) {
    return switch (reason) {
      case UNAVAILABLE -> "The service does not answer";
      case DEADLINE_EXCEEDED -> "The service did not answer in time";
      case INVALID_ARGUMENT,
          UNAUTHENTICATED,
          PERMISSION_DENIED,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          ABORTED,
          RESOURCE_EXHAUSTED,
          CANCELLED,
          INTERNAL ->
          "The service failed";
    };
  }
}
