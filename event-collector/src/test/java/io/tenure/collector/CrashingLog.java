package io.tenure.collector;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.Confirmed;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.MinuteCounts;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A real log whose process dies a few times after a delivery, before the cursor has moved. */
@SuppressWarnings("ArrayRecordComponent")
record CrashingLog(EventLog log, int[] left) implements EventLog {

  CrashingLog(EventLog log, int crashes) {
    this(log, new int[] {crashes});
  }

  @Override
  public String id() {
    return log.id();
  }

  @Override
  public Receipt append(Submission submission) {
    return log.append(submission);
  }

  @Override
  public Optional<Batch> next(Reader reader, BatchLimit limit) {
    return log.next(reader, limit);
  }

  @Override
  public void confirm(Reader reader, Batch batch, Withheld withheld) {
    if (left[0]-- > 0) {
      throw new IllegalStateException("crash before the cursor moved");
    }
    log.confirm(reader, batch, withheld);
  }

  @Override
  public void setAside(Reader reader, Batch batch, Map<Long, LogRecord.Quarantined> replacements) {
    log.setAside(reader, batch, replacements);
    if (left[0]-- > 0) {
      throw new IllegalStateException("crash after setting aside");
    }
  }

  @Override
  public List<Confirmed> confirmed(Reader reader, long after, int limit) {
    return log.confirmed(reader, after, limit);
  }

  @Override
  public void trim(List<Reader> readers, Instant confirmedBefore) {
    log.trim(readers, confirmedBefore);
  }

  @Override
  public Set<ProjectId> projects() {
    return log.projects();
  }

  @Override
  public LogCounts counts(ProjectId project) {
    return log.counts(project);
  }

  @Override
  public List<MinuteCounts> minuteCounts(ProjectId project, Instant from, Instant to) {
    return log.minuteCounts(project, from, to);
  }

  @Override
  public long waiting(Reader reader) {
    return log.waiting(reader);
  }

  @Override
  public Optional<Instant> oldestWaiting(Reader reader) {
    return log.oldestWaiting(reader);
  }

  @Override
  public Optional<String> trouble() {
    return log.trouble();
  }

  @Override
  public void close() {}
}
