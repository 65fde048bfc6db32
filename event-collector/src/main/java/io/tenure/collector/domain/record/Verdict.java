package io.tenure.collector.domain.record;

/** What the intake decides about a record. */
public sealed interface Verdict {

  /** Goes on to the next step, and after the last one into the log. */
  record Accept(LogRecord.Accepted accepted) implements Verdict {}

  /**
   * Is kept aside with its original bytes.
   *
   * @param detail what is wrong, in words a developer can act on; never a property's value
   */
  record Quarantine(QuarantineReason reason, String detail) implements Verdict {}

  /** Is counted and not kept. */
  record Refuse(RefuseReason reason) implements Verdict {}
}
