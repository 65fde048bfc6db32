package io.tenure.profile.store;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.tenure.platform.redis.BulkArguments;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
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

  private static final int SLICE = 500;

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
          List<UserKey> order = List.copyOf(users);
          List<List<String>> replies =
              together(commands, order.stream().map(RedisProfiles::read).toList());
          Map<UserKey, Held> held = LinkedHashMap.newLinkedHashMap(order.size());
          for (int i = 0; i < order.size(); i++) {
            if (!replies.get(i).isEmpty()) {
              held.put(order.get(i), ProfileHash.decode(order.get(i), replies.get(i)));
            }
          }
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
    String script = known;
    List<Long> replies =
        together(
            commands,
            replacements.stream().map(replacement -> replace(script, replacement)).toList());
    Set<UserKey> conflicts = new HashSet<>();
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) == 0) {
        conflicts.add(replacements.get(i).profile().user());
      }
    }
    return conflicts;
  }

  private static AsyncCommand<String, String, List<String>> read(UserKey user) {
    return new AsyncCommand<>(
        new Command<>(CommandType.HGETALL, new HashOutput(), new BulkArguments().text(key(user))));
  }

  private static AsyncCommand<String, String, Long> replace(
      String script, Replacement replacement) {
    Profile profile = replacement.profile();
    @Nullable Held held = replacement.held();
    BulkArguments arguments =
        new BulkArguments()
            .text(script)
            .text("1")
            .text(key(profile.user()))
            .text(held == null ? "0" : Long.toString(held.profile().revision()));
    ProfileHash.change(held, profile, replacement.epoch()).addTo(arguments);
    return new AsyncCommand<>(
        new Command<>(CommandType.EVALSHA, new IntegerOutput<>(StringCodec.UTF8), arguments));
  }

  /**
   * Writes commands to the network together and waits for every reply; a slice at a time, so that
   * the time limit of a command does not depend on the size of the batch.
   */
  private static <T> List<T> together(
      RedisCommands<String, String> commands, List<AsyncCommand<String, String, T>> batch) {
    long timeout = commands.getStatefulConnection().getTimeout().toNanos();
    List<T> replies = new ArrayList<>(batch.size());
    for (int start = 0; start < batch.size(); start += SLICE) {
      var slice = batch.subList(start, Math.min(start + SLICE, batch.size()));
      commands.getStatefulConnection().dispatch(slice);
      for (AsyncCommand<String, String, T> command : slice) {
        replies.add(LettuceFutures.awaitOrCancel(command, timeout, TimeUnit.NANOSECONDS));
      }
    }
    return replies;
  }

  private static String key(UserKey user) {
    return "profile:{" + user.project() + "/" + user.number() + "}";
  }
}
