package io.tenure.platform.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A reply of many messages that goes no faster than its reader: one message waits at a time, so a
 * slow reader costs no memory, a stuck one is sent away, and one who left ends the work.
 */
public final class PacedStream<T> {

  private static final Duration LOOK = Duration.ofMillis(1);

  private final ServerCallStreamObserver<T> observer;
  private final Duration patience;

  /**
   * A stream to the caller of the current call. Its messages are sent on the call's own thread,
   * which may wait.
   *
   * @param patience how long the reader may take for one message
   */
  public PacedStream(StreamObserver<T> observer, Duration patience) {
    this.observer = (ServerCallStreamObserver<T>) observer;
    this.patience = patience;
    // Without one a message to who just left is taken for a defect.
    this.observer.setOnCancelHandler(() -> {});
  }

  /**
   * Sends a message once the reader has room for it.
   *
   * @throws Failure ABORTED when the caller left, RESOURCE_EXHAUSTED when it is too slow
   */
  public void send(T message) {
    long start = System.nanoTime();
    while (!observer.isReady()) {
      requireReader();
      if (System.nanoTime() - start > patience.toNanos()) {
        throw Failure.of(Reason.RESOURCE_EXHAUSTED, "The reply is read too slowly");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    requireReader();
    observer.onNext(message);
  }

  /** Whether the caller is still there. */
  public boolean isOpen() {
    return !observer.isCancelled();
  }

  /** Ends the reply. */
  public void end() {
    observer.onCompleted();
  }

  private void requireReader() {
    if (observer.isCancelled()) {
      throw Failure.of(Reason.ABORTED, "The caller left");
    }
  }
}
