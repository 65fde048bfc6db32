package io.tenure.collector.store;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The log's contract without a disk: for tests of what stands on a log. */
public final class MemoryEventLog implements EventLog {

  private final Clock clock;
  private final Duration duplicateWindow;
  private final NavigableMap<Long, byte[]> records = new TreeMap<>();
  private final NavigableMap<Long, Instant> confirmed = new TreeMap<>();
  private final Map<Fingerprint, Instant> seen = new HashMap<>();
  private final Tally tally = new Tally();
  private @Nullable Batch cut;
  private long lastOffset;
  private long cursor;

  public MemoryEventLog(Clock clock, Duration duplicateWindow) {
    this.clock = clock;
    this.duplicateWindow = duplicateWindow;
  }

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public synchronized Receipt append(Submission submission) {
    Tally.Change change = new Tally.Change();
    ReceiptBuilder receipt = new ReceiptBuilder(submission, change);
    Instant oldest = clock.instant().minus(duplicateWindow);
    for (LogRecord record : submission.records()) {
      @Nullable Instant before = seen.get(record.fingerprint());
      if (before != null && !before.isBefore(oldest)) {
        receipt.duplicate(record);
      } else {
        seen.put(record.fingerprint(), clock.instant());
        records.put(++lastOffset, RecordCodec.encode(record));
        receipt.kept(record);
      }
    }
    Receipt result = receipt.build();
    tally.set(tally.after(change));
    return result;
  }

  @Override
  public synchronized Optional<Batch> next(BatchLimit limit) {
    if (cut == null || cut.last() <= cursor) {
      List<Batch.Entry> entries = new ArrayList<>();
      CRC32C checksum = new CRC32C();
      long size = 0;
      for (Map.Entry<Long, byte[]> record : records.tailMap(cursor + 1).entrySet()) {
        if (entries.size() == limit.records() || size >= limit.bytes()) {
          break;
        }
        checksum.update(record.getValue());
        size += record.getValue().length;
        entries.add(new Batch.Entry(record.getKey(), RecordCodec.decode(record.getValue())));
      }
      if (entries.isEmpty()) {
        return Optional.empty();
      }
      long last = entries.getLast().offset();
      cut = new Batch(id(), cursor + 1, last, checksum.getValue(), entries);
    }
    return Optional.of(cut);
  }

  @Override
  public synchronized void confirm(Batch batch) {
    cursor = batch.last();
    confirmed.put(batch.last(), clock.instant());
    tally.set(tally.after(RocksEventLog.delivered(batch)));
  }

  @Override
  public synchronized void trim(Instant confirmedBefore) {
    while (!confirmed.isEmpty() && confirmed.firstEntry().getValue().isBefore(confirmedBefore)) {
      records.headMap(confirmed.firstKey(), true).clear();
      confirmed.pollFirstEntry();
    }
  }

  @Override
  public synchronized LogCounts counts(ProjectId project) {
    return tally.of(project);
  }

  @Override
  public synchronized Optional<Instant> oldestWaiting() {
    return Optional.ofNullable(records.get(cursor + 1)).map(RecordCodec::receiveTime);
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void close() {}
}
