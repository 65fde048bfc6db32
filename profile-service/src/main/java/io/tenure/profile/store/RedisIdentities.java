package io.tenure.profile.store;

import io.lettuce.core.ScriptOutputType;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.DurableProfiles.Binding;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identities in one Redis hash per project, changed by a constant script only.
 *
 * <p>The hash names the life ({@code run_id}) of the Redis server in which it was last known to be
 * complete. A server that restarted or took over may have lost its latest writes or everything, so
 * the first use in a new life puts back what the durable profiles know: after a total loss all
 * bindings, otherwise those changed since the hash's own last change, less an overlap for clocks
 * that disagree.
 */
public final class RedisIdentities implements Identities {

  private static final Logger LOG = LoggerFactory.getLogger(RedisIdentities.class);
  private static final RedisScript RESOLVE = script("identity-resolve");
  private static final RedisScript FIND = script("identity-find");
  private static final RedisScript RESTORE = script("identity-restore");
  private static final int RESTORE_ATTEMPTS = 3;
  private static final int HEADER = 2;
  private static final String COMPLETE = "1";

  private final Redis redis;
  private final DurableProfiles durable;
  private final Clock clock;
  private final Settings settings;

  /**
   * How identities are kept.
   *
   * @param chunk ids handed to one script call; bounds the time Redis serves nobody else
   * @param overlap how far a restore reaches back before the last change it knows of
   */
  public record Settings(int chunk, Duration overlap) {}

  /** Identities restored from the given profiles when needed. */
  public RedisIdentities(Redis redis, DurableProfiles durable, Clock clock, Settings settings) {
    this.redis = redis;
    this.durable = durable;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public Resolved resolve(ProjectId project, String logId, List<Claim> records) {
    Map<Part, Integer> places = new LinkedHashMap<>();
    List<Claim> distinct = new ArrayList<>();
    List<Integer> order = new ArrayList<>(records.size());
    int part = 0;
    for (Claim record : records) {
      // Ids mean the same user on either side of a record that takes one away, not across it.
      boolean takes = record.ids().link() == Link.UNBIND;
      part += takes ? 1 : 0;
      Integer place = places.putIfAbsent(new Part(part, record.ids()), distinct.size());
      order.add(place == null ? distinct.size() : place);
      if (place == null) {
        distinct.add(record);
      }
      part += takes ? 1 : 0;
    }
    List<Resolution> known = new ArrayList<>(distinct.size());
    String epoch = "";
    for (int start = 0; start < distinct.size(); start += settings.chunk()) {
      List<Claim> chunk =
          distinct.subList(start, Math.min(start + settings.chunk(), distinct.size()));
      List<String> reply = complete(project, () -> run(RESOLVE, project, arguments(logId, chunk)));
      epoch = reply.get(1);
      for (int i = HEADER; i < reply.size(); i += 3) {
        known.add(
            new Resolution(
                Long.parseLong(reply.get(i)),
                reply.get(i + 1).equals("1"),
                reply.get(i + 2).equals("1"),
                reply.get(i + 1).equals("2")));
      }
    }
    return new Resolved(epoch, order.stream().map(known::get).toList());
  }

  /** The records between two that take an id away. */
  private record Part(int number, Identifiers ids) {}

  @Override
  public Found find(ProjectId project, List<String> ids) {
    List<String> reply = complete(project, () -> run(FIND, project, ids.toArray(String[]::new)));
    return new Found(
        reply.get(1), reply.subList(HEADER, reply.size()).stream().map(Long::valueOf).toList());
  }

  /** Asks, restores when the answer is that something may be missing, and asks again. */
  private List<String> complete(ProjectId project, Supplier<List<String>> question) {
    for (int attempt = 0; attempt < RESTORE_ATTEMPTS; attempt++) {
      List<String> reply = question.get();
      if (reply.getFirst().equals(COMPLETE)) {
        return reply;
      }
      restore(project, reply.get(1), Instant.ofEpochMilli(Long.parseLong(reply.get(2))));
    }
    throw Failure.unavailable(
        "The hot store keeps restarting while identities are restored", Duration.ofSeconds(1));
  }

  private void restore(ProjectId project, String run, Instant lastChange) {
    Instant since =
        lastChange.equals(Instant.EPOCH) ? lastChange : lastChange.minus(settings.overlap());
    List<Binding> waiting = new ArrayList<>(settings.chunk());
    long[] count = {0};
    durable.bindings(
        project,
        since,
        binding -> {
          waiting.add(binding);
          count[0]++;
          if (waiting.size() == settings.chunk()) {
            put(project, run, waiting, false);
            waiting.clear();
          }
        });
    put(project, run, waiting, true);
    if (count[0] > 0) {
      LOG.info("Restored the ids of {} users of project {}", count[0], project);
    }
  }

  private void put(ProjectId project, String run, List<Binding> bindings, boolean last) {
    List<String> arguments = new ArrayList<>();
    arguments.add(run);
    arguments.add(last ? "1" : "0");
    for (Binding binding : bindings) {
      arguments.add(Long.toString(binding.userNumber()));
      arguments.add(binding.loginId());
      arguments.add(binding.anonymousId());
      arguments.add(Integer.toString(binding.releases().size()));
      binding.releases().forEach(release -> arguments.add(release.text()));
    }
    redis.<Long>script(
        RESTORE, ScriptOutputType.INTEGER, List.of(key(project)), arguments.toArray(String[]::new));
  }

  private List<String> run(RedisScript script, ProjectId project, String... arguments) {
    return redis.script(script, ScriptOutputType.MULTI, List.of(key(project)), arguments);
  }

  private String[] arguments(String logId, List<Claim> records) {
    String[] arguments = new String[2 + 4 * records.size()];
    arguments[0] = Long.toString(clock.millis());
    arguments[1] = logId;
    int i = 2;
    for (Claim record : records) {
      arguments[i++] = record.ids().loginId();
      arguments[i++] = record.ids().anonymousId();
      arguments[i++] =
          switch (record.ids().link()) {
            case NONE -> "0";
            case BIND -> "1";
            case UNBIND -> "2";
          };
      arguments[i++] = Long.toString(record.offset());
    }
    return arguments;
  }

  private static String key(ProjectId project) {
    return "identity:{" + project + "}";
  }

  private static RedisScript script(String name) {
    return RedisScript.beside(RedisIdentities.class, name);
  }
}
