package io.tenure.collector.domain.dialect;

/** The body of a request is not what its protocol says; repeating it is useless. */
public final class MalformedBody extends RuntimeException {

  /** With what is wrong, in words a developer can act on. */
  public MalformedBody(String detail) {
    super(detail, null, false, false);
  }

  /** What is wrong. */
  public String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
