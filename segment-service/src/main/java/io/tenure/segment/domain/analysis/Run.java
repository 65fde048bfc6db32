package io.tenure.segment.domain.analysis;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a question. Whatever reads events for it finds it here: what may be read, where
 * to count what was read, and whether anybody still waits for the answer. It travels beside the
 * calls, because models have no use for it.
 */
public final class Run {

  private static final ScopedValue<Run> CURRENT = ScopedValue.newInstance();

  private final String id = UUID.randomUUID().toString();
  private final boolean estimate;
  private final AtomicLong rowsRead = new AtomicLong();
  private final AtomicInteger statements = new AtomicInteger();
  private volatile boolean cancelled;
  private volatile @Nullable Runnable stop;

  private Run(boolean estimate) {
    this.estimate = estimate;
  }

  /** An execution that answers. */
  public static Run answering() {
    return new Run(false);
  }

  /** An execution that reads nothing and finds out how much it would read. */
  public static Run estimating() {
    return new Run(true);
  }

  /** The execution at hand; one of its own for whoever asks without. */
  public static Run current() {
    return CURRENT.isBound() ? CURRENT.get() : answering();
  }

  /** Does something as this execution. */
  public <T> T within(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /** A name no other execution has. */
  public String id() {
    return id;
  }

  /** A name for the next statement of this execution. */
  public String nextStatement() {
    return id + "-" + statements.incrementAndGet();
  }

  /** Whether only the costs are asked for. */
  public boolean isEstimate() {
    return estimate;
  }

  /** Counts rows that were read, or would be. */
  public void read(long rows) {
    rowsRead.addAndGet(rows);
  }

  /** Rows read so far. */
  public long rowsRead() {
    return rowsRead.get();
  }

  /** Nobody waits for the answer any more. */
  public void cancel() {
    cancelled = true;
    @Nullable Runnable stopping = stop;
    if (stopping != null) {
      stopping.run();
    }
  }

  /**
   * Tells how to stop what is going on; null when nothing is. It is called by whoever cancels, and
   * must not take long.
   */
  public void stoppedBy(@Nullable Runnable stopping) {
    stop = stopping;
    if (cancelled && stopping != null) {
      stopping.run();
    }
  }

  /** Whether nobody waits any more. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Ends the work of a cancelled execution. */
  public void check() {
    if (cancelled) {
      throw Failure.of(Reason.CANCELLED, "The question was cancelled");
    }
  }
}
