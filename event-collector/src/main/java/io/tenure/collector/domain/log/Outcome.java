package io.tenure.collector.domain.log;

import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;

/** What became of one record, for a sender who asks about each. */
public sealed interface Outcome {

  /** It is on disk. */
  record Accepted() implements Outcome {}

  /** It is on disk since an earlier request, or stood twice in this one. */
  record Duplicate() implements Outcome {}

  /**
   * It is kept aside.
   *
   * @param detail what is wrong, in words a developer can act on
   */
  record Quarantined(QuarantineReason reason, String detail) implements Outcome {}

  /** It is counted and not kept. */
  record Refused(RefuseReason reason) implements Outcome {}
}
