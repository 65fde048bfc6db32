package io.tenure.collector.store.column;

import io.lettuce.core.SetArgs;
import io.tenure.collector.domain.column.ColumnTurn;
import io.tenure.platform.redis.Redis;
import java.time.Duration;

/**
 * A turn is a Redis key that lives for nearly one interval: whoever sets it looks, all others wait
 * for the next one. Nothing has to be released. Should the key be lost and two look at once, the
 * registry lets only one of them write.
 */
public final class RedisColumnTurn implements ColumnTurn {

  private static final String KEY = "columns:turn";

  private final Redis redis;
  private final Duration length;

  /** A turn for each interval. */
  public RedisColumnTurn(Redis redis, Duration interval) {
    this.redis = redis;
    this.length = interval.multipliedBy(9).dividedBy(10);
  }

  @Override
  public boolean take() {
    return redis.call(
            "columns turn",
            commands -> commands.set(KEY, "taken", SetArgs.Builder.nx().px(length.toMillis())))
        != null;
  }
}
