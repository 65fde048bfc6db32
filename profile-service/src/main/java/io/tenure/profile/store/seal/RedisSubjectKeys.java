package io.tenure.profile.store.seal;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.seal.MasterKeys.Wrapped;
import io.tenure.profile.domain.UserKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sealed keys near at hand, each user's beside its profile, for some hours. Losing them costs a
 * question to ClickHouse and nothing else.
 */
public final class RedisSubjectKeys {

  private static final int SLICE = 500;

  private final Redis redis;
  private final Duration kept;

  /** Keys in the given server, kept for a time. */
  public RedisSubjectKeys(Redis redis, Duration kept) {
    this.redis = redis;
    this.kept = kept;
  }

  /** Where a user's keys lie. */
  public static String key(UserKey user) {
    return "subject-keys:{" + user.project() + "/" + user.number() + "}";
  }

  List<StoredKey> find(Collection<UserKey> users) {
    List<StoredKey> found = new ArrayList<>();
    List<UserKey> order = List.copyOf(users);
    for (int start = 0; start < order.size(); start += SLICE) {
      List<UserKey> slice = order.subList(start, Math.min(start + SLICE, order.size()));
      redis.<Boolean>call(
          "subject keys read",
          commands -> {
            RedisAsyncCommands<String, String> async = commands.getStatefulConnection().async();
            List<RedisFuture<Map<String, String>>> replies = new ArrayList<>();
            slice.forEach(user -> replies.add(async.hgetall(key(user))));
            long timeout = commands.getStatefulConnection().getTimeout().toNanos();
            for (int i = 0; i < slice.size(); i++) {
              UserKey user = slice.get(i);
              LettuceFutures.awaitOrCancel(replies.get(i), timeout, TimeUnit.NANOSECONDS)
                  .forEach((id, text) -> found.add(read(user, id, text)));
            }
            return true;
          });
    }
    return found;
  }

  void keep(Collection<StoredKey> keys) {
    List<StoredKey> order = List.copyOf(keys);
    for (int start = 0; start < order.size(); start += SLICE) {
      List<StoredKey> slice = order.subList(start, Math.min(start + SLICE, order.size()));
      redis.<Boolean>call(
          "subject keys write",
          commands -> {
            RedisAsyncCommands<String, String> async = commands.getStatefulConnection().async();
            List<RedisFuture<?>> replies = new ArrayList<>();
            for (StoredKey key : slice) {
              replies.add(async.hset(key(key.user()), key.id(), text(key)));
              replies.add(async.expire(key(key.user()), kept));
            }
            return LettuceFutures.awaitAll(
                commands.getStatefulConnection().getTimeout(), replies.toArray(RedisFuture[]::new));
          });
    }
  }

  private static String text(StoredKey key) {
    return key.version() + " " + key.wrapped().master() + " " + key.wrapped().text();
  }

  private static StoredKey read(UserKey user, String id, String text) {
    String[] parts = text.split(" ", 3);
    return new StoredKey(user, id, new Wrapped(parts[1], parts[2]), Long.parseLong(parts[0]));
  }
}
