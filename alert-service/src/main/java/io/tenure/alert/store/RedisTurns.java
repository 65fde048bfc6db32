package io.tenure.alert.store;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.tenure.alert.domain.Turns;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns as Redis keys that expire, so that a crashed holder blocks the others for half a minute and
 * not for ever. While the work runs, the key is extended.
 */
public final class RedisTurns implements Turns {

  private static final Logger LOG = LoggerFactory.getLogger(RedisTurns.class);
  private static final RedisScript RELEASE = RedisScript.beside(RedisTurns.class, "release-turn");
  private static final RedisScript EXTEND = RedisScript.beside(RedisTurns.class, "extend-turn");
  private static final Duration HOLD = Duration.ofSeconds(30);

  private final Redis redis;

  /** Turns of all processes that share this Redis. */
  public RedisTurns(Redis redis) {
    this.redis = redis;
  }

  @Override
  public <T> Optional<T> alone(String name, Supplier<T> work) {
    String key = "alert:turn:" + name;
    String holder = UUID.randomUUID().toString();
    if (redis.call("turn take", c -> c.set(key, holder, SetArgs.Builder.nx().px(HOLD))) == null) {
      return Optional.empty();
    }
    Thread extender = Thread.ofVirtual().name("turn " + name).start(() -> extend(key, holder));
    try {
      return Optional.of(work.get());
    } finally {
      extender.interrupt();
      release(key, holder);
    }
  }

  private void extend(String key, String holder) {
    try {
      while (true) {
        Thread.sleep(HOLD.dividedBy(3));
        redis.<Long>script(
            EXTEND, ScriptOutputType.INTEGER, List.of(key), holder, "" + HOLD.toMillis());
      }
    } catch (InterruptedException finished) {
      Thread.currentThread().interrupt();
    } catch (Failure failure) {
      LOG.warn("A turn could not be extended: {}", failure.text());
    }
  }

  private void release(String key, String holder) {
    try {
      redis.<Long>script(RELEASE, ScriptOutputType.INTEGER, List.of(key), holder);
    } catch (Failure failure) {
      LOG.warn("A turn could not be released and ends by itself: {}", failure.text());
    }
  }
}
