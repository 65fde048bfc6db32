package io.tenure.platform.failure;

import io.grpc.Status;

/**
 * The closed list of ways a call can fail. Each owns its gRPC code, from which the HTTP status
 * follows.
 */
public enum Reason {
  /** The request itself is wrong; repeating it is useless. */
  INVALID_ARGUMENT(Status.Code.INVALID_ARGUMENT),
  /** No or no valid credential. */
  UNAUTHENTICATED(Status.Code.UNAUTHENTICATED),
  /** The credential does not allow it. */
  PERMISSION_DENIED(Status.Code.PERMISSION_DENIED),
  /** There is no such thing in this project. */
  NOT_FOUND(Status.Code.NOT_FOUND),
  /** The id is taken. */
  ALREADY_EXISTS(Status.Code.ALREADY_EXISTS),
  /** The system is not in the state the request needs. */
  FAILED_PRECONDITION(Status.Code.FAILED_PRECONDITION),
  /** Somebody else changed it in between; read again. */
  ABORTED(Status.Code.ABORTED),
  /** A limit is reached. */
  RESOURCE_EXHAUSTED(Status.Code.RESOURCE_EXHAUSTED),
  /** It took too long. */
  DEADLINE_EXCEEDED(Status.Code.DEADLINE_EXCEEDED),
  /** A store or service does not answer; try again later. */
  UNAVAILABLE(Status.Code.UNAVAILABLE),
  /** The caller gave up, or somebody stopped it for them. */
  CANCELLED(Status.Code.CANCELLED),
  /** A defect of ours. */
  INTERNAL(Status.Code.INTERNAL);

  private final Status.Code code;

  Reason(Status.Code code) {
    this.code = code;
  }

  /** The code on the wire. */
  public Status.Code code() {
    return code;
  }

  /** The reason a code on the wire stands for; codes we never send count as {@link #INTERNAL}. */
  public static Reason of(Status.Code code) {
    for (Reason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return code == Status.Code.CANCELLED ? ABORTED : INTERNAL;
  }
}
