package io.tenure.collector.domain;

/** Leads from deep inside the reading of a record straight to its quarantine. */
final class Unacceptable extends Exception {

  private final QuarantineReason reason;

  Unacceptable(QuarantineReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Verdict.Quarantine verdict() {
    String detail = getMessage();
    return new Verdict.Quarantine(reason, detail == null ? "" : detail);
  }
}
