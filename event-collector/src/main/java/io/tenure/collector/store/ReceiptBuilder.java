package io.tenure.collector.store;

import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts what becomes of a request's records, for its receipt and for the log's tally alike; it is
 * told of each record in the order of the submission.
 */
final class ReceiptBuilder {

  private final Submission submission;
  private final Tally.Change change;
  private final Map<QuarantineReason, Integer> quarantined = new EnumMap<>(QuarantineReason.class);
  private final Set<Integer> repeated = new HashSet<>();
  private int position;
  private int accepted;
  private int duplicate;

  ReceiptBuilder(Submission submission, Tally.Change change) {
    this.submission = submission;
    this.change = change;
  }

  /** A request may hold records of several projects; each counts for its own. */
  void duplicate(LogRecord record) {
    duplicate++;
    repeated.add(position++);
    change.duplicate(record.project());
  }

  void kept(LogRecord record) {
    position++;
    switch (record) {
      case LogRecord.Accepted kept -> {
        accepted++;
        change.accepted(kept.project());
      }
      case LogRecord.Quarantined aside -> {
        quarantined.merge(aside.reason(), 1, Integer::sum);
        change.quarantined(aside.project(), aside.reason());
      }
    }
  }

  Receipt build() {
    submission
        .refused()
        .forEach((reason, count) -> change.refused(submission.project(), reason, count));
    return new Receipt(accepted, duplicate, quarantined, submission.refused(), repeated);
  }
}
