package io.tenure.collector.store.log;

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
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The log's contract without a disk: for tests of what stands on a log. */
public final class MemoryEventLog implements EventLog {

  private static final class Place {
    private long position;
    private long cut;
    private final List<Confirmed> confirmed = new ArrayList<>();
  }

  private final Clock clock;
  private final Duration duplicateWindow;
  private final NavigableMap<Long, byte[]> records = new TreeMap<>();
  private final Map<Reader, Place> places = new HashMap<>();
  private final Map<Fingerprint, Instant> seen = new HashMap<>();
  private final NavigableMap<Instant, Map<ProjectId, long[]>> minutes = new TreeMap<>();
  private final Tally tally = new Tally();
  private long lastOffset;
  private Duration pressure = Duration.ZERO;

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
    ReceiptBuilder receipt = new ReceiptBuilder(submission, change, new MinuteTally.Change());
    for (LogRecord record : submission.records()) {
      if (add(record)) {
        receipt.kept(record);
        count(record, 0, record instanceof LogRecord.Accepted ? 1 : 0);
        count(record, 1, record instanceof LogRecord.Event ? 1 : 0);
        count(record, 3, record instanceof LogRecord.Quarantined ? 1 : 0);
      } else {
        receipt.duplicate(record);
        count(record, 2, 1);
      }
    }
    submission
        .refused()
        .values()
        .forEach(count -> count(submission.project(), clock.instant(), 4, count));
    Receipt result = receipt.build(clock.instant());
    tally.set(tally.after(change));
    return result;
  }

  private boolean add(LogRecord record) {
    @Nullable Instant before = seen.get(record.fingerprint());
    if (before != null && !before.isBefore(clock.instant().minus(duplicateWindow))) {
      return false;
    }
    seen.put(record.fingerprint(), clock.instant());
    records.put(++lastOffset, RecordCodec.encode(record));
    return true;
  }

  private void count(LogRecord record, int index, long number) {
    count(record.project(), record.receiveTime(), index, number);
  }

  private void count(ProjectId project, Instant received, int index, long number) {
    minutes.computeIfAbsent(received.truncatedTo(ChronoUnit.MINUTES), minute -> new HashMap<>())
            .computeIfAbsent(project, unknown -> new long[5])[index] +=
        number;
  }

  private Place place(Reader reader) {
    return places.computeIfAbsent(reader, unknown -> new Place());
  }

  @Override
  public synchronized Optional<Batch> next(Reader reader, BatchLimit limit) {
    Place place = place(reader);
    boolean isCut = place.cut > place.position;
    long to = isCut ? place.cut : lastOffset;
    BatchLimit until = isCut ? BatchReading.NO_LIMIT : limit;
    List<Batch.Entry> entries = new ArrayList<>();
    CRC32C checksum = new CRC32C();
    long size = 0;
    long last = to;
    for (Map.Entry<Long, byte[]> record :
        records.headMap(to, true).tailMap(Math.min(to, place.position), false).entrySet()) {
      if (RecordCodec.lane(record.getValue()) == reader.lane()) {
        checksum.update(record.getValue());
        size += record.getValue().length;
        entries.add(new Batch.Entry(record.getKey(), RecordCodec.decode(record.getValue())));
        if (entries.size() == until.records() || size >= until.bytes()) {
          last = record.getKey();
          break;
        }
      }
    }
    Batch batch = new Batch(id(), place.position + 1, last, checksum.getValue(), entries);
    if (entries.isEmpty() && !isCut) {
      if (last > place.position) {
        confirm(reader, batch);
      }
      return Optional.empty();
    }
    place.cut = last;
    return Optional.of(batch);
  }

  @Override
  public synchronized void confirm(Reader reader, Batch batch, Withheld withheld) {
    Place place = place(reader);
    place.position = batch.last();
    place.confirmed.add(Confirmed.of(batch, withheld, clock.instant()));
    Tally.Change change = new Tally.Change();
    if (reader.equals(Reader.EVENTS)) {
      DurableEventLog.countDelivered(batch, withheld, change);
    }
    tally.set(tally.after(change));
  }

  @Override
  public synchronized void setAside(
      Reader reader, Batch batch, Map<Long, LogRecord.Quarantined> replacements) {
    Tally.Change change = new Tally.Change();
    for (Batch.Entry entry : batch.entries()) {
      LogRecord.@Nullable Quarantined aside = replacements.get(entry.offset());
      if (aside != null) {
        LogRecord original = entry.record();
        records.remove(entry.offset());
        seen.remove(original.fingerprint());
        change.accepted(original.project(), -1);
        count(original, 0, -1);
        count(original, 1, original instanceof LogRecord.Event ? -1 : 0);
        if (add(aside)) {
          change.quarantined(aside.project(), aside.reason(), 1);
          count(aside, 3, 1);
        } else {
          change.duplicate(aside.project(), 1);
          count(aside, 2, 1);
        }
      }
    }
    tally.set(tally.after(change));
  }

  @Override
  public synchronized List<Confirmed> confirmed(Reader reader, long after, int limit) {
    return place(reader).confirmed.stream().filter(one -> one.last() > after).limit(limit).toList();
  }

  @Override
  public synchronized void trim(List<Reader> readers, Instant confirmedBefore) {
    long last =
        readers.stream()
            .mapToLong(
                reader ->
                    place(reader).confirmed.stream()
                        .filter(one -> one.time().isBefore(confirmedBefore))
                        .mapToLong(Confirmed::last)
                        .max()
                        .orElse(0))
            .min()
            .orElse(0);
    records.headMap(last, true).clear();
    readers.forEach(reader -> place(reader).confirmed.removeIf(one -> one.last() <= last));
    minutes.headMap(clock.instant().minus(MINUTES_KEPT)).clear();
  }

  @Override
  public synchronized Set<ProjectId> projects() {
    return tally.projects();
  }

  @Override
  public synchronized LogCounts counts(ProjectId project) {
    return tally.of(project);
  }

  @Override
  public synchronized List<MinuteCounts> minuteCounts(ProjectId project, Instant from, Instant to) {
    List<MinuteCounts> found = new ArrayList<>();
    minutes
        .subMap(from, to)
        .forEach(
            (minute, projects) -> {
              long @Nullable [] row = projects.get(project);
              if (row != null) {
                found.add(new MinuteCounts(minute, row[0], row[1], row[2], row[3], row[4]));
              }
            });
    return found;
  }

  @Override
  public synchronized long waiting(Reader reader) {
    return lastOffset - place(reader).position;
  }

  @Override
  public synchronized Optional<Instant> oldestWaiting(Reader reader) {
    return Optional.ofNullable(records.higherEntry(place(reader).position))
        .map(entry -> RecordCodec.receiveTime(entry.getValue()));
  }

  /** Pretends that appends wait. */
  public void press(Duration waits) {
    pressure = waits;
  }

  @Override
  public Duration pressure() {
    return pressure;
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
