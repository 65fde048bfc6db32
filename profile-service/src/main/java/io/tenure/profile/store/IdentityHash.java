package io.tenure.profile.store;

import io.lettuce.core.ScriptOutputType;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.DurableProfiles.Binding;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.identity.MappingKey.Overflow;
import io.tenure.profile.store.RedisIdentities.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Redis hash per project, changed by constant scripts only, and complete whenever it answers.
 *
 * <p>The hash names the life ({@code run_id}) of the Redis server in which it was last known to be
 * complete. A server that restarted or took over may have lost its latest writes or everything, so
 * the first use in a new life puts back what the durable profiles know: after a total loss all
 * bindings, otherwise those changed since the hash's own last change, less an overlap for clocks
 * that disagree. The project's plan comes back with them.
 */
final class IdentityHash {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityHash.class);
  private static final RedisScript RESTORE = script("identity-restore");
  private static final int ATTEMPTS = 3;
  private static final int HEADER = 2;
  private static final String COMPLETE = "1";
  private static final String HELD = "2";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Redis redis;
  private final DurableProfiles durable;
  private final IdentityPlans plans;
  private final Clock clock;
  private final Settings settings;

  IdentityHash(
      Redis redis, DurableProfiles durable, IdentityPlans plans, Clock clock, Settings settings) {
    this.redis = redis;
    this.durable = durable;
    this.plans = plans;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * What a script said.
   *
   * @param epoch the life of the server
   */
  record Answer(String epoch, List<String> values) {}

  /**
   * Runs a script; restores when the answer is that something may be missing, and runs it again.
   */
  Answer ask(ProjectId project, RedisScript script, String... arguments) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<String> reply =
          redis.script(script, ScriptOutputType.MULTI, List.of(key(project)), arguments);
      if (reply.getFirst().equals(COMPLETE)) {
        return new Answer(reply.get(1), reply.subList(HEADER, reply.size()));
      }
      if (reply.getFirst().equals(HELD)) {
        throw Failure.unavailable("Users of the project are being merged", PAUSE);
      }
      if (Long.parseLong(reply.get(4)) > clock.millis()) {
        throw Failure.unavailable("The identity plan of the project is being changed", PAUSE);
      }
      restore(
          project,
          new Restore(reply.get(1), reply.get(3)),
          Instant.ofEpochMilli(Long.parseLong(reply.get(2))));
    }
    throw Failure.unavailable(
        "The hot store keeps restarting while identities are restored", PAUSE);
  }

  static RedisScript script(String name) {
    return RedisScript.beside(IdentityHash.class, name);
  }

  /** One script of several parts. */
  static RedisScript script(String name, String... before) {
    StringBuilder text = new StringBuilder();
    for (String part : before) {
      text.append(script(part).text()).append('\n');
    }
    return new RedisScript(name, text.append(script(name).text()).toString());
  }

  /**
   * For whom a restore runs.
   *
   * @param run life of the server
   * @param stamp changes with the plan
   */
  private record Restore(String run, String stamp) {}

  private void restore(ProjectId project, Restore restore, Instant lastChange) {
    IdentityPlan plan = plans.get(project).plan();
    Map<String, Long> reached = durable.watermarks(project);
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
            put(project, restore, null, Map.of(), waiting);
            waiting.clear();
          }
        });
    put(project, restore, plan, reached, waiting);
    if (count[0] > 0) {
      LOG.info("Restored the ids of {} users of project {}", count[0], project);
    }
  }

  /** With a plan for the last call, which makes the hash complete. */
  private void put(
      ProjectId project,
      Restore restore,
      @Nullable IdentityPlan plan,
      Map<String, Long> reached,
      List<Binding> bindings) {
    List<String> arguments = new ArrayList<>();
    arguments.add(restore.run());
    arguments.add(restore.stamp());
    arguments.add(Long.toString(clock.millis()));
    arguments.add(plan == null ? "" : plan.kind().name());
    arguments.add(plan == null ? "" : keys(plan));
    arguments.add(Integer.toString(reached.size()));
    reached.forEach(
        (log, offset) -> {
          arguments.add(log);
          arguments.add(offset.toString());
        });
    for (Binding binding : bindings) {
      arguments.add(Long.toString(binding.userNumber()));
      arguments.add(binding.loginId());
      arguments.add(Integer.toString(binding.anonymousIds().size()));
      arguments.addAll(binding.anonymousIds());
      arguments.add(Integer.toString(binding.identities().size()));
      binding.identities().forEach(id -> arguments.add(id.text()));
      arguments.add(Integer.toString(binding.releases().size()));
      binding.releases().forEach(release -> arguments.add(release.text()));
    }
    redis.<Long>script(
        RESTORE, ScriptOutputType.INTEGER, List.of(key(project)), arguments.toArray(String[]::new));
  }

  private static String keys(IdentityPlan plan) {
    return plan.keys().isEmpty()
        ? ""
        : Json.write(
            plan.keys().stream()
                .map(
                    key ->
                        new HashKey(
                            key.name(),
                            key.cap(),
                            key.overflow() == Overflow.REPLACE_OLDEST,
                            key.parent()))
                .toList());
  }

  /** A key as the scripts read it. */
  private record HashKey(String name, int cap, boolean replace, String parent) {}

  private static String key(ProjectId project) {
    return "identity:{" + project + "}";
  }
}
