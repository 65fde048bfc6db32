package io.tenure.gateway.api;

import io.tenure.gateway.domain.KeyLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Refuses what a key sends too often, with a time to come back that differs a little each time, so
 * that all the devices of an app do not come back at once.
 */
public final class SendingLimit {

  /** The status an SDK takes for "later". */
  public enum Later {
    /** For SDKs on phones, which delete their events at 429. */
    UNAVAILABLE(503),
    /** For everybody else. */
    TOO_MANY_REQUESTS(429);

    private final int status;

    Later(int status) {
      this.status = status;
    }
  }

  private static final int JITTER_SECONDS = 5;

  private final KeyLimits limits;

  /** A limit of these limits. */
  public SendingLimit(KeyLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes one request.
   *
   * @param key id of the key
   * @throws Refusal 429 or 503, with {@code Retry-After}
   */
  public void take(String key, Later later) {
    Optional<Duration> wait = limits.take(key);
    if (wait.isPresent()) {
      long seconds =
          wait.get().toSeconds() + 1 + ThreadLocalRandom.current().nextInt(JITTER_SECONDS);
      throw new Refusal(
          later.status,
          "The key sends too many requests",
          Map.of("Retry-After", Long.toString(seconds)));
    }
  }
}
