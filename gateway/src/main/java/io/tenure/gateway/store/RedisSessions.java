package io.tenure.gateway.store;

import io.lettuce.core.GetExArgs;
import io.tenure.gateway.domain.KeyText;
import io.tenure.gateway.domain.Sessions;
import io.tenure.platform.redis.Redis;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in Redis under the fingerprint of their token, so that a dump of Redis opens nothing.
 */
public final class RedisSessions implements Sessions {

  private static final int TOKEN_BYTES = 32;

  private final Redis redis;
  private final Duration idle;
  private final SecureRandom random = new SecureRandom();

  /** Sessions that end after this long without use. */
  public RedisSessions(Redis redis, Duration idle) {
    this.redis = redis;
    this.idle = idle;
  }

  @Override
  public String open(String username) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = "st_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    redis.call("session open", commands -> commands.psetex(key(token), idle.toMillis(), username));
    return token;
  }

  @Override
  public Optional<String> use(String token) {
    @Nullable String username =
        redis.call(
            "session use",
            commands -> commands.getex(key(token), GetExArgs.Builder.px(idle.toMillis())));
    return Optional.ofNullable(username);
  }

  @Override
  public void close(String token) {
    redis.call("session close", commands -> commands.del(key(token)));
  }

  private static String key(String token) {
    return "session:" + KeyText.fingerprint(token);
  }
}
