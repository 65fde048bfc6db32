package io.tenure.alert.store;

import io.tenure.alert.domain.sweep.SweepLedger;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times of the last sweeps in one Redis hash a project. */
public final class RedisSweepLedger implements SweepLedger {

  private final Redis redis;

  /** A ledger in this Redis. */
  public RedisSweepLedger(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Optional<Instant> lastSweep(ProjectId project, String ruleId) {
    @Nullable String millis = redis.call("sweep read", c -> c.hget(key(project), ruleId));
    return Optional.ofNullable(millis).map(Long::parseLong).map(Instant::ofEpochMilli);
  }

  @Override
  public void swept(ProjectId project, String ruleId, Instant time) {
    redis.call("sweep note", c -> c.hset(key(project), ruleId, Long.toString(time.toEpochMilli())));
  }

  private static String key(ProjectId project) {
    return "alert:swept:{" + project + "}";
  }
}
