package io.tenure.profile.store.retention;

import io.lettuce.core.SetArgs;
import io.tenure.platform.redis.Redis;
import io.tenure.profile.domain.retention.RetentionTurn;
import java.time.Duration;
import java.util.UUID;

/** The turn as a Redis key that ends by itself, should its holder die. */
public final class RedisRetentionTurn implements RetentionTurn {

  private static final String KEY = "retention:turn";

  private final Redis redis;
  private final Duration length;
  private final String owner = UUID.randomUUID().toString();

  /**
   * A turn in the given server.
   *
   * @param length how long a turn lasts that nobody prolongs
   */
  public RedisRetentionTurn(Redis redis, Duration length) {
    this.redis = redis;
    this.length = length;
  }

  @Override
  public boolean take() {
    boolean fresh =
        "OK"
            .equals(
                redis.call(
                    "retention turn",
                    commands -> commands.set(KEY, owner, SetArgs.Builder.nx().px(length))));
    return fresh
        || isOurs()
            && redis.<Boolean>call("retention turn", commands -> commands.pexpire(KEY, length));
  }

  @Override
  public void give() {
    if (isOurs()) {
      redis.<Long>call("retention turn", commands -> commands.del(KEY));
    }
  }

  private boolean isOurs() {
    return owner.equals(redis.call("retention turn", commands -> commands.get(KEY)));
  }
}
