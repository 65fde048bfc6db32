package io.tenure.collector.domain.log;

import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The durable order of everything that was received, and the promise behind every 200. Any number
 * of threads append; each {@link Reader} has a cursor of its own and is used by one thread.
 */
public interface EventLog extends AutoCloseable {

  /** How long {@link #minuteCounts} reaches back. */
  Duration MINUTES_KEPT = Duration.ofDays(2);

  /** Identity of the log; offsets of different logs never mix. */
  String id();

  /**
   * Writes a request's records and its counts in one piece. Returns only after they are on disk.
   *
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE when that could not be made sure; the
   *     records may then be there or not, and sending them again is harmless
   */
  Receipt append(Submission submission);

  /**
   * The next records for a reader. Where a batch ends is written down before it is returned, so
   * that the same batch comes back until it is confirmed, after a crash too; only {@link #setAside}
   * takes records out of it.
   */
  Optional<Batch> next(Reader reader, BatchLimit limit);

  /** Moves a reader's cursor behind a batch delivered as a whole; on disk when it returns. */
  default void confirm(Reader reader, Batch batch) {
    confirm(reader, batch, Withheld.NOTHING);
  }

  /**
   * Moves a reader's cursor behind a delivered batch; on disk when it returns.
   *
   * @param withheld which of its records were not stored; counted as such
   */
  void confirm(Reader reader, Batch batch, Withheld withheld);

  /**
   * Takes records that can never be delivered out of a reader's open batch and appends what is to
   * be kept in their stead, in one piece. The records are then counted as quarantined and no longer
   * as accepted, and are no longer remembered as seen, so that a repaired copy can be accepted.
   *
   * @param replacements by the offset of the record that is taken out
   */
  void setAside(Reader reader, Batch batch, Map<Long, LogRecord.Quarantined> replacements);

  /**
   * The batches a reader has confirmed, ascending; as far back as the log keeps records.
   *
   * @param after only those whose last offset is above this
   */
  List<Confirmed> confirmed(Reader reader, long after, int limit);

  /** Removes records that every one of the readers confirmed before a time. */
  void trim(List<Reader> readers, Instant confirmedBefore);

  /** All projects that have counts. */
  Set<ProjectId> projects();

  /** The counts of a project since the log was created. */
  LogCounts counts(ProjectId project);

  /**
   * The counts of a project by minute of receipt, ascending; minutes without records are left out.
   *
   * @param from first minute
   * @param to first minute no longer wanted
   */
  List<MinuteCounts> minuteCounts(ProjectId project, Instant from, Instant to);

  /** How many records lie behind a reader's cursor, of either lane. */
  long waiting(Reader reader);

  /** When the oldest record behind a reader's cursor was received; empty when it has read all. */
  Optional<Instant> oldestWaiting(Reader reader);

  /** How long appends wait for their turn at the moment; zero while none waits. */
  default Duration pressure() {
    return Duration.ZERO;
  }

  /** Whether an append would be taken now. */
  default boolean isWritable() {
    return trouble().isEmpty();
  }

  /** Why no append is taken, in words for an operator; empty when all is well. */
  Optional<String> trouble();

  @Override
  void close();
}
