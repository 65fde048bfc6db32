package io.tenure.collector.domain.record;

/** Leads from deep inside the reading of a record straight to its quarantine. */
public final class Unacceptable extends Exception {

  private final QuarantineReason reason;

  /** With its reason and what is wrong, in words a developer can act on. */
  public Unacceptable(QuarantineReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** What it leads to. */
  public Verdict.Quarantine verdict() {
    String detail = getMessage();
    return new Verdict.Quarantine(reason, detail == null ? "" : detail);
  }
}
