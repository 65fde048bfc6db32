package io.tenure.profile.store.erasure;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisServerCommands;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.erasure.Keeper;
import io.tenure.profile.store.seal.RedisSubjectKeys;
import io.tenure.profile.store.seal.SubjectKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Profiles, keys and ids in Redis, and the keys in this process. */
public final class RedisKeeper implements Keeper {

  private static final RedisScript ERASE = RedisScript.beside(RedisKeeper.class, "identity-erase");

  private static final Logger LOG = LoggerFactory.getLogger(RedisKeeper.class);

  private final Redis redis;
  private final SubjectKeys keys;

  /** A keeper of the given store. */
  public RedisKeeper(Redis redis, SubjectKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  @Override
  public Answer erase(ProjectId project, List<Subject> subjects, boolean countOnly) {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    for (Subject subject : subjects) {
      List<UserKey> users =
          subject.numbers().stream().map(number -> new UserKey(project, number)).toList();
      Map<String, Long> own = new HashMap<>();
      own.put("redis.profiles", count(users, countOnly));
      own.put("redis.identities", identities(project, subject, countOnly));
      keys.forget(users);
      counts.put(subject.erasureId(), own);
    }
    if (!countOnly) {
      rewriteFiles();
    }
    return new Answer("", counts, List.of());
  }

  /** The append-only file has every value that ever was, until it is rewritten. */
  private void rewriteFiles() {
    try {
      redis.<String>call("erasure rewrite", RedisServerCommands::bgrewriteaof);
    } catch (Failure refused) {
      // One is under way, or the server does it by its own rules.
      LOG.debug("The append-only file was not rewritten: {}", refused.text());
    }
  }

  private long count(List<UserKey> users, boolean countOnly) {
    long found = 0;
    for (UserKey user : users) {
      String profile = "profile:{" + user.project() + "/" + user.number() + "}";
      found += redis.<Long>call("erasure read", commands -> commands.exists(profile));
      if (!countOnly) {
        redis.<Long>call(
            "erasure write", commands -> commands.unlink(profile, RedisSubjectKeys.key(user)));
      }
    }
    return found;
  }

  private long identities(ProjectId project, Subject subject, boolean countOnly) {
    List<String> arguments = new ArrayList<>();
    arguments.add(countOnly ? "count" : "erase");
    arguments.add(subject.numbers().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    arguments.add(Integer.toString(subject.named().size()));
    arguments.addAll(subject.named());
    arguments.addAll(subject.releases());
    return redis.<Long>script(
        ERASE,
        ScriptOutputType.INTEGER,
        List.of("identity:{" + project + "}"),
        arguments.toArray(String[]::new));
  }
}
