package io.tenure.gateway.store;

import io.lettuce.core.ScriptOutputType;
import io.tenure.gateway.domain.KeyText;
import io.tenure.gateway.domain.SignInLimit;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Counts attempts to sign in per name and address in windows of a minute. */
public final class RedisSignInLimit implements SignInLimit {

  private static final RedisScript ATTEMPT = RedisScript.beside(RedisSignInLimit.class, "attempt");
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Redis redis;
  private final int attempts;

  /** Allows this many attempts in a minute. */
  public RedisSignInLimit(Redis redis, int attempts) {
    this.redis = redis;
    this.attempts = attempts;
  }

  @Override
  public Optional<Duration> attempt(String username, String address) {
    String key = "sign-in:" + KeyText.fingerprint(username + "\n" + address);
    Long wait =
        redis.script(
            ATTEMPT,
            ScriptOutputType.INTEGER,
            List.of(key),
            Long.toString(WINDOW.toMillis()),
            Integer.toString(attempts));
    return wait == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(wait));
  }
}
