package io.tenure.profile.store;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hot profiles, one Redis hash each under its own hash tag, so that a cluster spreads them. All
 * commands of a call travel together.
 */
public final class RedisProfiles implements HotProfiles {

  private static final RedisScript REPLACE =
      RedisScript.beside(RedisProfiles.class, "profile-replace");

  private final Redis redis;
  private volatile @Nullable String digest;

  /** Profiles in the given server. */
  public RedisProfiles(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Map<UserKey, Held> load(Collection<UserKey> users) {
    if (users.isEmpty()) {
      return Map.of();
    }
    return redis.call(
        "profile read",
        commands -> {
          RedisAsyncCommands<String, String> async = commands.getStatefulConnection().async();
          Map<UserKey, RedisFuture<Map<String, String>>> replies = new LinkedHashMap<>();
          for (UserKey user : users) {
            replies.put(user, async.hgetall(key(user)));
          }
          Map<UserKey, Held> held = new LinkedHashMap<>();
          replies.forEach(
              (user, reply) -> {
                Map<String, String> fields = await(commands, reply);
                if (!fields.isEmpty()) {
                  held.put(user, ProfileHash.decode(user, fields));
                }
              });
          return held;
        });
  }

  @Override
  public Set<UserKey> save(List<Replacement> replacements) {
    if (replacements.isEmpty()) {
      return Set.of();
    }
    return redis.call(
        "profile write",
        commands -> {
          try {
            return save(commands, replacements);
          } catch (RedisNoScriptException restarted) {
            // Whatever was written before reports a conflict now and is read again.
            digest = null;
            return save(commands, replacements);
          }
        });
  }

  private Set<UserKey> save(
      RedisCommands<String, String> commands, List<Replacement> replacements) {
    String known = digest;
    if (known == null) {
      known = commands.scriptLoad(REPLACE.text());
      digest = known;
    }
    RedisAsyncCommands<String, String> async = commands.getStatefulConnection().async();
    List<RedisFuture<Long>> replies = new ArrayList<>(replacements.size());
    for (Replacement replacement : replacements) {
      Profile profile = replacement.profile();
      Map<String, String> before =
          replacement.held() == null
              ? Map.of()
              : ProfileHash.encode(replacement.held().profile(), replacement.held().epoch());
      replies.add(
          async.evalsha(
              known,
              ScriptOutputType.INTEGER,
              new String[] {key(profile.user())},
              ProfileHash.difference(before, ProfileHash.encode(profile, replacement.epoch()))));
    }
    Set<UserKey> conflicts = new HashSet<>();
    for (int i = 0; i < replies.size(); i++) {
      if (await(commands, replies.get(i)) == 0) {
        conflicts.add(replacements.get(i).profile().user());
      }
    }
    return conflicts;
  }

  private static <T> T await(RedisCommands<String, String> commands, RedisFuture<T> reply) {
    Duration timeout = commands.getStatefulConnection().getTimeout();
    return LettuceFutures.awaitOrCancel(reply, timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static String key(UserKey user) {
    return "profile:{" + user.project() + "/" + user.number() + "}";
  }
}
