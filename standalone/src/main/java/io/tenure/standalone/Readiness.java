package io.tenure.standalone;

import io.tenure.standalone.runtime.Installation;
import java.time.Duration;

/** Waits until every service is healthy. */
final class Readiness {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Readiness() {}

  static void await(Installation installation) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Api api = new Api(installation.gateway(), installation.secrets().secretKey())) {
      while (!api.healthy()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("The services did not become healthy in " + PATIENCE);
        }
        Thread.sleep(Duration.ofMillis(100));
      }
    }
  }
}
