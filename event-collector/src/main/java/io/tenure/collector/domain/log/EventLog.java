package io.tenure.collector.domain.log;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * The durable order of everything that was received, and the promise behind every 200. Any number
 * of threads append; one relay reads.
 */
public interface EventLog extends AutoCloseable {

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
   * The next records to deliver. Where a batch ends is written down before it is returned, so that
   * the same batch comes back until it is confirmed, after a crash too.
   */
  Optional<Batch> next(BatchLimit limit);

  /** Moves the cursor behind a delivered batch; on disk when it returns. */
  void confirm(Batch batch);

  /** Removes records that were confirmed before a time. */
  void trim(Instant confirmedBefore);

  /** The counts of a project since the log was created. */
  LogCounts counts(ProjectId project);

  /** When the oldest undelivered record was received; empty when all are delivered. */
  Optional<Instant> oldestWaiting();

  /** Whether an append would be taken now. */
  boolean isWritable();

  @Override
  void close();
}
