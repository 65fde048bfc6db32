package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.QuarantineReason;

/** The body of a request is not what its protocol says; repeating it is useless. */
public final class MalformedBody extends RuntimeException {

  private final QuarantineReason reason;

  /** With what is wrong, in words a developer can act on. */
  public MalformedBody(String detail) {
    this(QuarantineReason.MALFORMED_BODY, detail);
  }

  /** With the reason under which the body is kept aside. */
  public MalformedBody(QuarantineReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Under which reason the body is kept aside. */
  public QuarantineReason reason() {
    return reason;
  }

  /** What is wrong. */
  public String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
