package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identities.Claim;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Projector;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import io.tenure.profile.domain.identity.PlanChange;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Runs what may happen to a project's identities, beside the plain model of it. */
final class IdentityHistory {

  private final ProfileStores stores;
  private final ProjectId project = ProfileStores.project();
  private final PlanChange change;
  private final Projector broken;
  private final Map<String, List<ProfileUpdate>> logs = new HashMap<>();
  private final Map<String, Integer> delivered = new HashMap<>();
  private Map<String, Map<String, String>> remembered = Map.of();
  private final IdentityPlan wider;
  private HistoryModel model;

  /**
   * A project without users.
   *
   * @param wider what the plan becomes when it changes
   */
  IdentityHistory(ProfileStores stores, IdentityPlan plan, IdentityPlan wider) {
    this.stores = stores;
    this.wider = wider;
    this.model =
        plan.kind() == Kind.ID_MAPPING ? new MappingModel(plan) : new IdentityModel(plan.kind());
    this.broken =
        new Projector(
            stores.identities,
            stores.hot,
            new UnwritableProfiles(stores.durable),
            stores.decisions,
            Clock.systemUTC(),
            Updates.RULES,
            1);
    this.change = new PlanChange(stores.plans, stores.identities);
    change.change(project, plan, "", "person:ann");
  }

  /** How the first attempt to deliver a batch ends; every batch is delivered in the end. */
  enum Fate {
    /** As it should. */
    WHOLE,
    /** After the ids were resolved. */
    RESOLVED,
    /** Before anything was durable. */
    NOT_DURABLE,
    /** After the ids were resolved, and then the hot store forgot everything. */
    RESOLVED_AND_FORGOTTEN,
    /** Before anything was durable, and then the hot store lost what the batch wrote. */
    NOT_DURABLE_AND_LOST,
    /** After the ids were resolved, and then the hot store restarted with all it had. */
    RESOLVED_AND_RESTARTED,
    /** Before anything was durable, and then the hot store restarted with all it had. */
    NOT_DURABLE_AND_RESTARTED
  }

  /** What may happen. */
  sealed interface Step {

    /** A record enters a log. */
    record Write(String log, Identifiers ids) implements Step {}

    /** What waits in a log is applied. */
    record Deliver(String log, Fate fate) implements Step {}

    /** A part of what was applied is applied again. */
    record Repeat(String log, int from, int size) implements Step {}

    /** The hot store loses everything. */
    record Forget() implements Step {}

    /** The hot store reaches its disk. */
    record Remember() implements Step {}

    /** The hot store restarts from its disk. */
    record LoseTail() implements Step {}

    /** The project's plan allows more from now on. */
    record Widen() implements Step {}
  }

  void run(Step step) {
    switch (step) {
      case Step.Write(String log, Identifiers ids) -> write(log, ids);
      case Step.Deliver(String log, Fate fate) -> deliver(log, fate);
      case Step.Repeat(String log, int from, int size) -> repeat(log, from, size);
      case Step.Forget() -> forget();
      case Step.Remember() -> remembered = read();
      case Step.LoseTail() -> restart(remembered);
      case Step.Widen() -> {
        model.change(wider);
        change.change(project, wider, "", "person:ann");
      }
    }
  }

  /** Everything is delivered and repeated once more, and every id has the user it should have. */
  void finish() {
    for (String log : List.of("log-a", "log-b")) {
      deliver(log, Fate.WHOLE);
    }
    repeat("log-b", 0, Integer.MAX_VALUE);
    repeat("log-a", 0, Integer.MAX_VALUE);
    switch (model) {
      case IdentityModel pairs -> check(pairs);
      case MappingModel mapping -> check(mapping);
    }
  }

  private void check(MappingModel mapping) {
    mapping
        .owners()
        .forEach(
            (id, user) -> {
              assertThat(stores.identities.owner(project, IdKind.KEYED, id.text()))
                  .as("owner of %s", id)
                  .isEqualTo(user);
              assertThat(decisions(id))
                  .as("why %s is %d", id, user)
                  .filteredOn(decision -> decision.otherUserNumber() == 0)
                  .extracting(Decision::userNumber)
                  .contains(user);
            });
    mapping
        .held()
        .forEach(
            (user, ids) ->
                assertThat(profile(user).identities()).as("ids of %d", user).isEqualTo(ids));
    mapping
        .notes()
        .forEach(
            note ->
                assertThat(decisions(note.id()))
                    .as("what is said of %s", note)
                    .anyMatch(
                        decision ->
                            decision.rule() == note.rule()
                                && decision.userNumber() == note.owner()
                                && decision.otherUserNumber() == note.user()));
  }

  private List<Decision> decisions(KeyedId id) {
    return stores.decisions.find(project, IdKind.KEYED, id.text());
  }

  private void check(IdentityModel model) {
    model.logins().forEach((id, user) -> checkOwner(IdKind.LOGIN, id, user));
    model.devices().forEach((id, user) -> checkOwner(IdKind.DEVICE, id, user));
    model.logins().forEach((id, user) -> assertThat(profile(user).loginId()).isEqualTo(id));
    for (long user : new TreeSet<>(model.devices().values())) {
      assertThat(new TreeSet<>(profile(user).anonymousIds()))
          .as("devices of %d", user)
          .isEqualTo(model.devicesOf(user));
    }
  }

  private void checkOwner(IdKind kind, String id, long user) {
    assertThat(stores.identities.owner(project, kind, id)).as("owner of %s", id).isEqualTo(user);
    assertThat(stores.decisions.find(project, kind, id))
        .as("why %s is %d", id, user)
        .extracting(Decision::userNumber)
        .contains(user);
  }

  private Profile profile(long user) {
    return stores.get(project, "user_number:" + user);
  }

  private void write(String log, Identifiers ids) {
    List<ProfileUpdate> records = logs.computeIfAbsent(log, unknown -> new ArrayList<>());
    records.add(
        new ProfileUpdate(records.size(), project, ids, Updates.MONDAY, "Visit", List.of()));
  }

  private void deliver(String log, Fate fate) {
    List<ProfileUpdate> all = logs.getOrDefault(log, List.of());
    List<ProfileUpdate> batch = all.subList(delivered.getOrDefault(log, 0), all.size());
    if (batch.isEmpty()) {
      return;
    }
    HistoryModel before = model.copy();
    switch (fate) {
      case WHOLE -> {}
      case RESOLVED -> resolve(log, batch);
      case NOT_DURABLE -> applyInVain(log, batch);
      case RESOLVED_AND_FORGOTTEN -> {
        resolve(log, batch);
        model = before;
        forget();
      }
      case NOT_DURABLE_AND_LOST -> {
        Map<String, Map<String, String>> hot = read();
        applyInVain(log, batch);
        model = before;
        restart(hot);
      }
      case RESOLVED_AND_RESTARTED -> {
        resolve(log, batch);
        restart(read());
      }
      case NOT_DURABLE_AND_RESTARTED -> {
        applyInVain(log, batch);
        restart(read());
      }
    }
    apply(log, batch);
    delivered.put(log, all.size());
  }

  private void resolve(String log, List<ProfileUpdate> batch) {
    assertThat(
            stores
                .identities
                .resolve(
                    project,
                    log,
                    batch.stream().map(update -> new Claim(update.offset(), update.ids())).toList())
                .resolutions())
        .extracting(resolution -> resolution.userNumber())
        .isEqualTo(expected(log, batch));
  }

  private void applyInVain(String log, List<ProfileUpdate> batch) {
    expected(log, batch);
    assertThatThrownBy(() -> broken.apply(log, batch))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
  }

  private void apply(String log, List<ProfileUpdate> batch) {
    assertThat(stores.projector.apply(log, batch).userNumbers())
        .as("users of %s", log)
        .isEqualTo(expected(log, batch));
  }

  private List<Long> expected(String log, List<ProfileUpdate> batch) {
    return batch.stream().map(update -> model.resolve(log, update.offset(), update.ids())).toList();
  }

  private void repeat(String log, int from, int size) {
    int end = delivered.getOrDefault(log, 0);
    int start = Math.min(from, end);
    List<ProfileUpdate> part =
        logs.getOrDefault(log, List.of()).subList(start, start + Math.min(size, end - start));
    apply(log, part);
  }

  private void forget() {
    stores.redis.call(
        "forget",
        commands -> {
          keys().forEach(commands::del);
          return commands.del("definitions:{" + project + "}:identity-plan");
        });
  }

  private Map<String, Map<String, String>> read() {
    Map<String, Map<String, String>> hashes = new HashMap<>();
    for (String key : keys()) {
      Map<String, String> hash = stores.redis.call("read", commands -> commands.hgetall(key));
      if (!hash.isEmpty()) {
        hashes.put(key, hash);
      }
    }
    return hashes;
  }

  /** As a server does that starts from its file: the same hashes in another life. */
  private void restart(Map<String, Map<String, String>> hashes) {
    forget();
    hashes.forEach(
        (key, hash) -> {
          Map<String, String> old = new HashMap<>(hash);
          old.computeIfPresent("run", (field, value) -> "before");
          old.computeIfPresent("epoch", (field, value) -> "before");
          stores.redis.call("restart", commands -> commands.hset(key, old));
        });
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    String identities = "identity:{" + project + "}";
    keys.add(identities);
    String highest = stores.redis.call("read", commands -> commands.hget(identities, "next"));
    long users = highest == null ? 0 : Long.parseLong(highest);
    for (long user = 1; user <= users; user++) {
      keys.add("profile:{" + project + "/" + user + "}");
    }
    return keys;
  }
}
