package io.tenure.collector.store.catalogue;

import io.lettuce.core.ScriptOutputType;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.plan.TypedName;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Types in a Redis hash for each project. Redis may lose it: every collector has a copy on its disk
 * and proposes it again.
 */
public final class RedisTypeArbiter implements TypeArbiter {

  private static final RedisScript DECIDE =
      RedisScript.beside(RedisTypeArbiter.class, "decide-types");

  /** No name is empty, so this field is free for the version. */
  private static final String VERSION = "";

  private static final int NAMES_PER_CALL = 500;

  private final Redis redis;

  /** Types in the given Redis. */
  public RedisTypeArbiter(Redis redis) {
    this.redis = redis;
  }

  @Override
  public List<TypedName> decide(ProjectId project, List<TypedName> proposals, boolean together) {
    if (together) {
      return decided(project, proposals, "together");
    }
    List<TypedName> decided = new ArrayList<>(proposals.size());
    for (int from = 0; from < proposals.size(); from += NAMES_PER_CALL) {
      int to = Math.min(proposals.size(), from + NAMES_PER_CALL);
      decided.addAll(decided(project, proposals.subList(from, to), "each"));
    }
    return decided;
  }

  private List<TypedName> decided(ProjectId project, List<TypedName> proposals, String how) {
    List<String> arguments = new ArrayList<>(2 + 3 * proposals.size());
    arguments.add(UUID.randomUUID().toString());
    arguments.add(how);
    for (TypedName proposal : proposals) {
      arguments.add(field(proposal));
      arguments.add(text(proposal.type()));
      arguments.add(proposal.planned() ? "planned" : "");
    }
    List<String> types =
        redis.script(
            DECIDE,
            ScriptOutputType.MULTI,
            List.of(key(project)),
            arguments.toArray(String[]::new));
    List<TypedName> decided = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      TypedName proposal = proposals.get(i);
      decided.add(
          new TypedName(proposal.scope(), proposal.name(), type(types.get(i)), proposal.planned()));
    }
    return decided;
  }

  @Override
  public Optional<Decisions> since(ProjectId project, String version) {
    @Nullable String current =
        redis.call("types version", commands -> commands.hget(key(project), VERSION));
    if (current == null) {
      return Optional.of(new Decisions("", List.of()));
    }
    if (current.equals(version)) {
      return Optional.empty();
    }
    Map<String, String> types =
        redis.call("types list", commands -> commands.hgetall(key(project)));
    String read = types.getOrDefault(VERSION, "");
    List<TypedName> names = new ArrayList<>(types.size());
    types.forEach(
        (field, type) -> {
          if (!field.isEmpty()) {
            int end = field.indexOf('\0');
            Scope scope = Scope.valueOf(field.substring(0, end));
            names.add(new TypedName(scope, field.substring(end + 1), type(type), false));
          }
        });
    return Optional.of(new Decisions(read, names));
  }

  private static String key(ProjectId project) {
    return "types:{" + project + "}";
  }

  private static String field(TypedName name) {
    return name.scope() + "\0" + name.name();
  }

  private static String text(@Nullable PropertyType type) {
    return type == null ? "" : type.name();
  }

  private static @Nullable PropertyType type(String text) {
    return text.isEmpty() ? null : PropertyType.valueOf(text);
  }
}
