package io.tenure.profile.store;

import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.Resolution;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.identity.Owners;
import io.tenure.profile.domain.identity.PlanGate;
import io.tenure.profile.domain.merge.IdMoves;
import io.tenure.profile.store.IdentityHash.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Identities in one Redis hash per project; one script call resolves many records. */
public final class RedisIdentities implements Identities, Owners, PlanGate {

  private static final RedisScript RESOLVE =
      IdentityHash.script("identity-resolve", "identity-state", "identity-bind", "identity-map");
  private static final RedisScript FIND = IdentityHash.script("identity-find");
  private static final RedisScript PLAN = IdentityHash.script("identity-plan");
  private static final String UNSURE = "?";
  private static final String EACH = "EACH";
  private static final String ANY = "";
  private static final String LOGIN = "l:";
  private static final String DEVICE = "d:";
  private static final String KEYED = "i:";

  private final IdentityHash hash;
  private final Clock clock;
  private final Settings settings;

  /** Projects seen to want each record by itself; only saves the question. */
  private final Set<ProjectId> singly = ConcurrentHashMap.newKeySet();

  /**
   * How identities are kept.
   *
   * @param chunk ids handed to one script call; bounds the time Redis serves nobody else
   * @param overlap how far a restore reaches back before the last change it knows of
   */
  public record Settings(int chunk, Duration overlap) {}

  /** Identities by the given plans, restored from the given profiles when needed. */
  public RedisIdentities(
      Redis redis, DurableProfiles durable, IdentityPlans plans, Clock clock, Settings settings) {
    this.hash = new IdentityHash(redis, durable, plans, clock, settings);
    this.clock = clock;
    this.settings = settings;
  }

  /** Moves of the same identities. */
  public IdMoves moves() {
    return new RedisIdMoves(hash, clock);
  }

  @Override
  public Resolved resolve(ProjectId project, String logId, List<Claim> records) {
    Distinct distinct = singly.contains(project) ? Distinct.each(records) : Distinct.of(records);
    Optional<Resolved> resolved = resolve(project, logId, distinct);
    // Only a repeated part of a log can differ within, where another log took an id meanwhile.
    return resolved.or(() -> resolve(project, logId, Distinct.each(records))).orElseThrow();
  }

  private Optional<Resolved> resolve(ProjectId project, String logId, Distinct distinct) {
    List<Resolution> known = new ArrayList<>(distinct.size());
    String epoch = "";
    for (int start = 0; start < distinct.size(); start += settings.chunk()) {
      int end = Math.min(start + settings.chunk(), distinct.size());
      Answer answer = hash.ask(project, RESOLVE, distinct.arguments(clock, logId, start, end));
      epoch = answer.epoch();
      if (answer.values().equals(List.of(EACH))) {
        singly.add(project);
        return Optional.empty();
      }
      if (answer.values().contains(UNSURE)) {
        return Optional.empty();
      }
      answer.values().forEach(text -> known.add(ResolutionText.parse(text)));
    }
    return Optional.of(new Resolved(epoch, distinct.all(known)));
  }

  @Override
  public Found find(ProjectId project, List<String> ids) {
    Answer answer = find(project, ANY, ids);
    return new Found(answer.epoch(), answer.values().stream().map(Long::valueOf).toList());
  }

  @Override
  public long owner(ProjectId project, IdKind kind, String id) {
    return owners(project, kind, List.of(id)).getFirst();
  }

  @Override
  public List<Long> owners(ProjectId project, IdKind kind, List<String> ids) {
    String prefix =
        switch (kind) {
          case LOGIN -> LOGIN;
          case DEVICE -> DEVICE;
          case KEYED -> KEYED;
        };
    return find(project, prefix, ids).values().stream().map(Long::valueOf).toList();
  }

  private Answer find(ProjectId project, String prefix, List<String> ids) {
    List<String> arguments = new ArrayList<>(ids.size() + 1);
    arguments.add(prefix);
    arguments.addAll(ids);
    return hash.ask(project, FIND, arguments.toArray(String[]::new));
  }

  @Override
  public boolean close(ProjectId project, Duration limit) {
    String until = Long.toString(clock.millis() + limit.toMillis());
    return hash.ask(project, PLAN, "close", until).values().getFirst().equals("1");
  }

  @Override
  public void open(ProjectId project) {
    hash.ask(project, PLAN, "open");
  }
}
