package io.tenure.segment.store;

import io.lettuce.core.SetArgs;
import io.tenure.platform.redis.Redis;
import io.tenure.segment.domain.segment.RecomputeTurn;
import java.time.Duration;

/**
 * A turn is a Redis key that lives for nearly one interval: whoever sets it does the work, all
 * others wait for the next interval. Nothing has to be released, so a process that dies in its turn
 * delays the work by one interval at most.
 */
public final class RedisRecomputeTurn implements RecomputeTurn {

  private static final String KEY = "segment:recompute-turn";

  private final Redis redis;
  private final Duration length;

  /** A turn per interval. */
  public RedisRecomputeTurn(Redis redis, Duration interval) {
    this.redis = redis;
    this.length = interval.multipliedBy(9).dividedBy(10);
  }

  @Override
  public boolean take() {
    return redis.call(
            "segment turn",
            commands -> commands.set(KEY, "taken", SetArgs.Builder.nx().px(length.toMillis())))
        != null;
  }
}
