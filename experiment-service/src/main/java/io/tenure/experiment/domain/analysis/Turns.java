package io.tenure.experiment.domain.analysis;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps computations of seconds from taking the processors away from flags, decided here too. */
public final class Turns {

  private final Semaphore free;
  private final Duration patience;

  /**
   * Some at once.
   *
   * @param patience longest wait for a turn
   */
  public Turns(int atOnce, Duration patience) {
    this.free = new Semaphore(atOnce);
    this.patience = patience;
  }

  /**
   * Computes when it is its turn.
   *
   * @throws Failure RESOURCE_EXHAUSTED when others take too long
   */
  public <T> T take(Supplier<T> computation) {
    try {
      if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Failure.of(
            Reason.RESOURCE_EXHAUSTED, "Too many long analyses at once; try again in a moment");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.CANCELLED, "The call was cancelled", interrupted);
    }
    try {
      return computation.get();
    } finally {
      free.release();
    }
  }
}
