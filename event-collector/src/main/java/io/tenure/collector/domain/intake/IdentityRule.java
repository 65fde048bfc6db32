package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.record.Verdict.Accept;
import io.tenure.collector.domain.record.Verdict.Quarantine;

/** A record must be about somebody, unless it is an item. */
public final class IdentityRule implements Step {

  @Override
  public StepName name() {
    return StepName.IDENTITY;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    Identity identity = record.source().identity();
    if (!identity.isPresent() && !(record instanceof LogRecord.Item)) {
      return new Quarantine(
          QuarantineReason.IDENTITY_MISSING, "The record has no login id and no device id");
    }
    if (identity.loginId().length() > Identity.MAX_LENGTH
        || identity.anonymousId().length() > Identity.MAX_LENGTH) {
      return new Quarantine(
          QuarantineReason.IDENTITY_TOO_LONG,
          "An id has more than " + Identity.MAX_LENGTH + " characters");
    }
    return new Accept(record);
  }
}
