package io.tenure.collector.store.log;

import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts what becomes of a request's records, for its receipt and for the log's tallies alike; it
 * is told of each record in the order of the submission.
 */
final class ReceiptBuilder {

  private final Submission submission;
  private final Tally.Change counts;
  private final MinuteTally.Change minutes;
  private final Map<QuarantineReason, Integer> quarantined = new EnumMap<>(QuarantineReason.class);
  private final Set<Integer> repeated = new HashSet<>();
  private int position;
  private int accepted;

  ReceiptBuilder(Submission submission, Tally.Change counts, MinuteTally.Change minutes) {
    this.submission = submission;
    this.counts = counts;
    this.minutes = minutes;
  }

  void duplicate(LogRecord record) {
    repeated.add(position++);
    counts.duplicate(record.project(), 1);
    minute(record, MinuteTally.Count.DUPLICATE);
  }

  void kept(LogRecord record) {
    position++;
    switch (record) {
      case LogRecord.Event event -> {
        accept(event);
        minute(event, MinuteTally.Count.EVENTS);
      }
      case LogRecord.Accepted kept -> accept(kept);
      case LogRecord.Quarantined aside -> {
        quarantined.merge(aside.reason(), 1, Integer::sum);
        counts.quarantined(aside.project(), aside.reason(), 1);
        minute(aside, MinuteTally.Count.QUARANTINED);
      }
    }
  }

  private void accept(LogRecord.Accepted record) {
    accepted++;
    counts.accepted(record.project(), 1);
    minute(record, MinuteTally.Count.ACCEPTED);
  }

  private void minute(LogRecord record, MinuteTally.Count count) {
    minutes.add(record.project(), record.receiveTime(), count, 1);
  }

  /** The receipt; what was refused, of which nothing is kept, counts as received now. */
  Receipt build(Instant now) {
    ProjectId project = submission.project();
    submission
        .refused()
        .forEach(
            (reason, count) -> {
              counts.refused(project, reason, count);
              minutes.add(project, now, MinuteTally.Count.REFUSED, count);
            });
    return new Receipt(accepted, repeated.size(), quarantined, submission.refused(), repeated);
  }
}
