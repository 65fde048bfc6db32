package io.tenure.collector.domain.relay;

import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;

/**
 * Lets somebody stop all deliveries for a while, so that the stores and the log can be copied in a
 * state that fits together. Records are taken meanwhile; the log holds them.
 */
public final class RelayHold {

  private final StampedLock lock = new StampedLock();

  /** Stands until it is closed. */
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Delivers once nobody holds deliveries.
   *
   * @return what the delivery says
   */
  public boolean pass(BooleanSupplier delivery) throws InterruptedException {
    long stamp = lock.readLockInterruptibly();
    try {
      return delivery.getAsBoolean();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Waits for the deliveries under way, and begins no other until it is closed. */
  public Held hold() throws InterruptedException {
    long stamp = lock.writeLockInterruptibly();
    return () -> lock.unlockWrite(stamp);
  }
}
