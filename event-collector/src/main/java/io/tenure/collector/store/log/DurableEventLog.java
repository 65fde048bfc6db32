package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;

import io.tenure.collector.domain.erasure.PersonLog;
import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.Confirmed;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.LogSnapshots;
import io.tenure.collector.domain.log.MinuteCounts;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** What the logs that outlive their process have in common: everything but the way they open. */
abstract sealed class DurableEventLog implements EventLog, PersonLog, LogSnapshots
    permits RocksEventLog, KafkaEventLog {

  private final LogWriter writer;
  private final Clock clock;

  DurableEventLog(LogWriter writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public final String id() {
    return writer.read(log -> log.id);
  }

  @Override
  public final Receipt append(Submission submission) {
    return writer.write(new Appending(submission));
  }

  @Override
  public final Optional<Batch> next(Reader reader, BatchLimit limit) {
    Batch batch = writer.read(log -> read(log, reader, limit));
    Cursors.Place place = writer.read(log -> log.cursors.of(reader));
    if (place.hasCut()) {
      return Optional.of(batch);
    }
    if (batch.entries().isEmpty()) {
      if (batch.last() > place.position()) {
        confirm(reader, batch);
      }
      return Optional.empty();
    }
    writer.write(
        (log, write) -> {
          log.cursors.cut(reader, batch.last(), write);
          return true;
        });
    return Optional.of(batch);
  }

  private static Batch read(OpenLog log, Reader reader, BatchLimit limit) throws RocksDBException {
    Cursors.Place place = log.cursors.of(reader);
    long first = place.position() + 1;
    return place.hasCut()
        ? log.reading.read(reader.lane(), first, place.cut(), BatchReading.NO_LIMIT)
        : log.reading.read(reader.lane(), first, log.lastOffset(), limit);
  }

  /** A stretch without records may be read again after a crash; all else is on disk at once. */
  @Override
  public final void confirm(Reader reader, Batch batch, Withheld withheld) {
    writer.write(
        (log, write) -> {
          log.cursors.confirm(reader, batch, withheld, write);
          if (reader.equals(Reader.EVENTS)) {
            countDelivered(batch, withheld, write.counts);
          }
          if (!batch.entries().isEmpty()) {
            write.mustLast();
          }
          return true;
        });
  }

  static void countDelivered(Batch batch, Withheld withheld, Tally.Change counts) {
    for (Batch.Entry entry : batch.entries()) {
      switch (entry.record()) {
        case LogRecord.Accepted nowhere when withheld.contains(entry.offset()) -> {
          counts.delivered(nowhere.project(), 1);
          counts.withheld(nowhere.project(), 1);
        }
        case LogRecord.Event event -> counts.delivered(event.project(), 1);
        case LogRecord.Accepted elsewhere -> {
          counts.delivered(elsewhere.project(), 1);
          counts.applied(elsewhere.project(), 1);
        }
        case LogRecord.Quarantined aside -> {}
      }
    }
  }

  @Override
  public final void setAside(
      Reader reader, Batch batch, Map<Long, LogRecord.Quarantined> replacements) {
    writer.write(new SettingAside(batch, replacements));
  }

  @Override
  public final List<Confirmed> confirmed(Reader reader, long after, int limit) {
    return writer.read(log -> log.cursors.confirmed(reader, after, limit));
  }

  /** Up to where no reader needs records any more. */
  final long trimmed() {
    return writer.read(log -> OpenLog.trimmed(log.tables));
  }

  @Override
  public void trim(List<Reader> readers, Instant confirmedBefore) {
    writer.write(
        (log, write) -> {
          long last = Long.MAX_VALUE;
          for (Reader reader : readers) {
            last = Math.min(last, log.cursors.confirmedBefore(reader, confirmedBefore));
          }
          if (last > 0 && last < Long.MAX_VALUE) {
            write.trim(last);
            for (Reader reader : readers) {
              log.cursors.forget(reader, last, write);
            }
          }
          log.minutes.dropBefore(clock.instant().minus(MINUTES_KEPT), write);
          if (!write.isEmpty()) {
            write.mustLast();
          }
          return true;
        });
  }

  @Override
  public final Set<ProjectId> projects() {
    return writer.read(log -> log.tally.projects());
  }

  @Override
  public final LogCounts counts(ProjectId project) {
    return writer.read(log -> log.tally.of(project));
  }

  @Override
  public final List<MinuteCounts> minuteCounts(ProjectId project, Instant from, Instant to) {
    return writer.read(log -> log.minutes.of(project, from, to));
  }

  @Override
  public final long waiting(Reader reader) {
    return writer.read(log -> log.lastOffset() - log.cursors.of(reader).position());
  }

  @Override
  public final Optional<Instant> oldestWaiting(Reader reader) {
    return writer.read(
        log -> {
          try (RocksIterator rows = log.tables.db.newIterator(log.tables.records)) {
            rows.seek(bytes(log.cursors.of(reader).position() + 1));
            rows.status();
            return rows.isValid()
                ? Optional.of(RecordCodec.receiveTime(rows.value()))
                : Optional.empty();
          }
        });
  }

  @Override
  public final Duration pressure() {
    return writer.pressure();
  }

  @Override
  public final Optional<String> trouble() {
    return writer.trouble();
  }

  @Override
  public final void close() {
    writer.close();
  }

  @Override
  public final Map<String, Long> count(Function<LogRecord, Optional<String>> owner) {
    Map<String, Long> counts = new HashMap<>();
    writer.read(
        log ->
            Forgetting.scan(
                log,
                (offset, record) ->
                    owner.apply(record).ifPresent(id -> counts.merge(id, 1L, Long::sum))));
    return counts;
  }

  @Override
  public long erase(Function<LogRecord, Optional<String>> owner) {
    Map<Long, LogRecord> found = new TreeMap<>();
    writer.read(
        log ->
            Forgetting.scan(
                log,
                (offset, record) -> {
                  if (owner.apply(record).isPresent()) {
                    found.put(offset, record);
                  }
                }));
    if (!found.isEmpty()) {
      writer.write(
          (log, write) -> {
            found.forEach((offset, record) -> write.remove(offset, record.fingerprint().bytes()));
            return true;
          });
    }
    // Also when nothing is found: an attempt may have ended before the files were rewritten.
    writer.read(Forgetting::rewrite);
    return found.size();
  }

  @Override
  public final void noteErased(String name, ProjectId project, Set<Long> offsets) {
    writer.write((log, write) -> Forgetting.note(log, write, name, project, offsets));
  }

  @Override
  public String remark() {
    return "";
  }

  @Override
  public void copyTo(Path directory) {
    writer.read(log -> LogCopy.make(log.tables, directory));
  }
}
