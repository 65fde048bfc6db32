package io.tenure.standalone.history;

/** A row that cannot be imported, with the reason for the list of rejects. */
final class BadRowException extends Exception {

  private final String reason;

  BadRowException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
