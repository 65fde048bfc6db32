package io.tenure.profile.store;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XAddArgs;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.watch.ChangeLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Changes as a Redis stream for each project; an entry holds up to a thousand user numbers. A place
 * is the life of the server and the id of an entry: a server that restarted may have lost entries,
 * so no place outlives it.
 */
public final class RedisChangeLog implements ChangeLog {

  private static final RedisScript READ = RedisScript.beside(RedisChangeLog.class, "changes-read");
  private static final Pattern PLACE = Pattern.compile("[0-9a-f]+/[0-9]+-[0-9]+");
  private static final String NUMBERS = "users";
  private static final int NUMBERS_PER_ENTRY = 1_000;
  private static final int ENTRIES_PER_READ = 4;

  private final Redis redis;
  private final long entries;

  /**
   * Changes in the given server.
   *
   * @param entries how many of a project are kept, about
   */
  public RedisChangeLog(Redis redis, long entries) {
    this.redis = redis;
    this.entries = entries;
  }

  @Override
  public void append(Collection<UserKey> users) {
    Map<ProjectId, List<String>> projects = new LinkedHashMap<>();
    for (UserKey user : users) {
      projects
          .computeIfAbsent(user.project(), project -> new ArrayList<>())
          .add(Long.toString(user.number()));
    }
    projects.forEach(this::append);
  }

  private void append(ProjectId project, List<String> numbers) {
    XAddArgs bounded = XAddArgs.Builder.maxlen(entries).approximateTrimming();
    for (int start = 0; start < numbers.size(); start += NUMBERS_PER_ENTRY) {
      int end = Math.min(start + NUMBERS_PER_ENTRY, numbers.size());
      String entry = String.join(" ", numbers.subList(start, end));
      redis.call("changes write", commands -> commands.xadd(key(project), bounded, NUMBERS, entry));
    }
  }

  @Override
  public String end(ProjectId project) {
    List<Object> reply = run(project, "", "");
    return reply.get(1) + "/" + reply.get(2);
  }

  @Override
  public Changes read(ProjectId project, String place) {
    if (!PLACE.matcher(place).matches()) {
      throw Failure.invalid("resume_token", "is not one this service gave out");
    }
    String[] parts = place.split("/", 2);
    List<Object> reply = run(project, parts[0], parts[1]);
    if (!reply.get(0).equals("1")) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "Changes after the token may be forgotten; read the profiles again and watch anew");
    }
    Set<Long> numbers = new LinkedHashSet<>();
    String next = parts[1];
    for (int i = 2; i < reply.size(); i += 2) {
      next = reply.get(i).toString();
      for (String number : reply.get(i + 1).toString().split(" ")) {
        numbers.add(Long.valueOf(number));
      }
    }
    return new Changes(numbers, parts[0] + "/" + next);
  }

  private List<Object> run(ProjectId project, String life, String id) {
    return redis.script(
        READ,
        ScriptOutputType.MULTI,
        List.of(key(project)),
        life,
        id,
        Integer.toString(ENTRIES_PER_READ));
  }

  private static String key(ProjectId project) {
    return "changes:{" + project + "}";
  }
}
