package io.tenure.profile.store.computed;

import io.lettuce.core.ScriptOutputType;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.ComputationTurns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Turns as Redis keys that end by themselves, and a counter that gives each its number. */
public final class RedisComputationTurns implements ComputationTurns {

  private static final RedisScript TAKE =
      RedisScript.beside(RedisComputationTurns.class, "turn-take");
  private static final RedisScript KEEP =
      RedisScript.beside(RedisComputationTurns.class, "turn-keep");

  private final Redis redis;
  private final Duration length;

  /**
   * Turns in the given server.
   *
   * @param length how long a turn lasts that nobody keeps
   */
  public RedisComputationTurns(Redis redis, Duration length) {
    this.redis = redis;
    this.length = length;
  }

  @Override
  public Optional<Turn> take(ProjectId project, long above) {
    String owner = UUID.randomUUID().toString();
    List<String> keys =
        List.of("computed:{" + project + "}:turn", "computed:{" + project + "}:number");
    long number =
        redis.<Long>script(
            TAKE,
            ScriptOutputType.INTEGER,
            keys,
            owner,
            Long.toString(length.toMillis()),
            Long.toString(above));
    return number == 0 ? Optional.empty() : Optional.of(new Held(keys.getFirst(), owner, number));
  }

  private final class Held implements Turn {
    private final String key;
    private final String owner;
    private final long number;

    Held(String key, String owner, long number) {
      this.key = key;
      this.owner = owner;
      this.number = number;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public boolean keep() {
      return prolong(length.toMillis());
    }

    @Override
    public void close() {
      prolong(0);
    }

    private boolean prolong(long millis) {
      return redis.<Long>script(
              KEEP, ScriptOutputType.INTEGER, List.of(key), owner, Long.toString(millis))
          == 1;
    }
  }
}
