package io.tenure.collector.api;

/** The body of a request is not what its protocol says; repeating it is useless. */
final class MalformedBody extends RuntimeException {

  MalformedBody(String detail) {
    super(detail, null, false, false);
  }

  String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
