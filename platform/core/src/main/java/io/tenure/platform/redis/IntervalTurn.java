package io.tenure.platform.redis;

import io.lettuce.core.SetArgs;
import java.time.Duration;

/**
 * Lets one of several processes do a job once per interval. A turn is a key that lives for nearly
 * one interval: whoever sets it does the work, all others wait for the next one. Nothing has to be
 * released, so a process that dies in its turn delays the work by one interval at most. Should the
 * key be lost, two may work at once.
 */
public final class IntervalTurn {

  private final Redis redis;
  private final String key;
  private final Duration length;

  /** A turn per interval under a key of its own. */
  public IntervalTurn(Redis redis, String key, Duration interval) {
    this.redis = redis;
    this.key = key;
    this.length = interval.multipliedBy(9).dividedBy(10);
  }

  /** Whether this process may do the work now. */
  public boolean take() {
    return redis.call(
            "take turn",
            commands -> commands.set(key, "taken", SetArgs.Builder.nx().px(length.toMillis())))
        != null;
  }
}
