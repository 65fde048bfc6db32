package io.tenure.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets a command wait for Ctrl-C or SIGTERM and then end in its own order. */
final class Shutdown {

  private static final AtomicBoolean REQUESTED = new AtomicBoolean();

  private Shutdown() {}

  /** Whether the process is ending already, so that nobody needs to end it. */
  static boolean requested() {
    return REQUESTED.get();
  }

  /**
   * Waits for the signal. The JVM exits only after the calling thread has ended too, or after 60
   * seconds, so that try-with-resources closes everything.
   */
  static void await() throws InterruptedException {
    CountDownLatch signal = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      REQUESTED.set(true);
                      signal.countDown();
                      join(caller);
                    }));
    signal.await();
  }

  private static void join(Thread caller) {
    try {
      caller.join(TimeUnit.SECONDS.toMillis(60));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
