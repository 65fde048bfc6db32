package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.profile.EventNumbers;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileEditor;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.identity.Decisions;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.merge.Finality;
import io.tenure.profile.domain.merge.IdMoves;
import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.MergeDecisions;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.merge.Merger;
import io.tenure.profile.domain.merge.Merges;
import io.tenure.profile.domain.merge.Overrides;
import io.tenure.profile.domain.merge.UndoWindow;
import io.tenure.profile.domain.squash.FinalNumbers;
import io.tenure.profile.domain.squash.Squasher;
import io.tenure.profile.domain.squash.Squashes;
import io.tenure.profile.domain.squash.StoredNumbers;
import io.tenure.profile.store.squash.ClickHouseFinalNumbers;
import io.tenure.profile.store.squash.ClickHouseSquashes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs what may happen to users that are merged and separated, beside the plain model of it. */
final class MergeHistory {

  private static final Duration WINDOW = Duration.ofSeconds(5);

  /** Longer than one step takes, also one in which a process dies. */
  private static final Duration SETTLE = Duration.ofSeconds(25);

  private final ProfileStores stores;
  private final MutableClock clock;
  private final ProjectId project = ProfileStores.project();
  private final MergeModel model = new MergeModel();
  private final Crashes crashes = new Crashes();
  private final Merges merges;
  private final Merger merger;
  private final MergedUsers users;
  private final FinalNumbers finals;
  private final Squasher squasher;
  private final Map<String, List<ProfileUpdate>> logs = new HashMap<>();
  private final Map<String, Integer> delivered = new HashMap<>();
  private final List<String> done = new ArrayList<>();
  private Map<Long, Long> knownFinals = Map.of();
  private Map<Long, Long> formerFinals = Map.of();
  private Map<Long, Long> usedFinals = Map.of();

  MergeHistory(ProfileStores stores, MutableClock clock) {
    this.stores = stores;
    this.clock = clock;
    this.merges = new ClickHouseMerges(stores.clickHouse);
    this.users = new MergedUsers(stores.directory);
    this.finals = new ClickHouseFinalNumbers(stores.clickHouse);
    ProfileEditor editor =
        new ProfileEditor(
            stores.identities,
            stores.hot,
            crashes.around(DurableProfiles.class, stores.durable),
            clock,
            8);
    IdMoves moves = crashes.around(IdMoves.class, stores.identities.moves());
    Merges dying = crashes.around(Merges.class, merges);
    Overrides overrides =
        crashes.around(Overrides.class, new ClickHouseOverrides(stores.clickHouse));
    this.squasher =
        new Squasher(
            crashes.around(Squashes.class, new ClickHouseSquashes(stores.clickHouse)),
            new Finality(dying, overrides, moves, editor, clock),
            crashes.around(FinalNumbers.class, finals),
            crashes.around(StoredNumbers.class, new EventNumbers(stores.clickHouse)),
            new RedisTurns(stores.redis, "squash", Duration.ofMinutes(1)),
            new Squasher.Settings(new UndoWindow(WINDOW), SETTLE, 3),
            clock);
    this.merger =
        new Merger(
            stores.directory,
            editor,
            moves,
            dying,
            overrides,
            new MergeDecisions(crashes.around(Decisions.class, stores.decisions)),
            clock);
  }

  /** What may happen. */
  sealed interface Step {

    /** A record enters a log. */
    record Write(String log, Identifiers ids) implements Step {}

    /**
     * What waits in a log is applied and stored.
     *
     * @param slow whether the store was asked for final numbers a step ago
     */
    record Deliver(String log, boolean slow) implements Step {}

    /** What waits in a log is resolved, and the process dies. */
    record Resolve(String log) implements Step {}

    /** A part of what was delivered is delivered again, likewise. */
    record Repeat(String log, int from, int size, boolean slow) implements Step {}

    /** Two users are merged; the process dies after some moments, if it is not faster. */
    record Join(String one, String other, int crash, boolean forget) implements Step {}

    /** One of the merges is undone, likewise. */
    record Undo(int which, int crash, boolean forget) implements Step {}

    /**
     * Old merges are squashed; the process dies after some moments, and nobody carries it on before
     * the next such step.
     *
     * @param late whether enough time has passed for everything on its way to arrive
     */
    record Squash(int crash, boolean forget, boolean late) implements Step {}

    /** The hot store loses everything. */
    record Forget() implements Step {}
  }

  void run(Step step) {
    clock.advance(Duration.ofSeconds(1));
    knownFinals = finals.of(project);
    switch (step) {
      case Step.Write(String log, Identifiers ids) -> {
        List<ProfileUpdate> records = logs.computeIfAbsent(log, unknown -> new ArrayList<>());
        records.add(
            new ProfileUpdate(records.size(), project, ids, Updates.MONDAY, "open", List.of()));
      }
      case Step.Deliver(String log, boolean slow) -> {
        chooseFinals(slow);
        deliver(log);
      }
      case Step.Resolve(String log) -> resolve(log);
      case Step.Repeat(String log, int from, int size, boolean slow) -> {
        chooseFinals(slow);
        repeat(log, from, size);
      }
      case Step.Join(String one, String other, int crash, boolean forget) ->
          join(one, other, crash, forget);
      case Step.Undo(int which, int crash, boolean forget) -> undo(which, crash, forget);
      case Step.Squash(int crash, boolean forget, boolean late) -> {
        clock.advance(late ? SETTLE : Duration.ZERO);
        squash(crash, forget);
      }
      case Step.Forget() -> forget();
    }
    formerFinals = knownFinals;
  }

  /** Everything is delivered, repeated once more, and compared. */
  void finish() {
    for (String log : List.of("log-a", "log-b")) {
      deliver(log);
      repeat(log, 0, Integer.MAX_VALUE);
    }
    check();
    squashAll();
    check();
    chooseFinals(false);
    for (String log : List.of("log-a", "log-b")) {
      repeat(log, 0, Integer.MAX_VALUE);
    }
    check();
  }

  private void squashAll() {
    // The one under way ends; each of the next ones takes as many merges as it may and settles.
    for (int pass = 0; pass < 2 + done.size() && !isEverythingFinal(); pass++) {
      clock.advance(WINDOW.plus(SETTLE));
      squash(Integer.MAX_VALUE, false);
      clock.advance(SETTLE);
      squash(Integer.MAX_VALUE, false);
    }
    assertThat(new ClickHouseOverrides(stores.clickHouse).list(project)).isEmpty();
    assertThat(isEverythingFinal()).as("every merge is final or undone").isTrue();
  }

  private boolean isEverythingFinal() {
    return merges.list(project, List.of(), "", 1_000).stream()
        .map(Merge::state)
        .allMatch(state -> state == Merge.State.FINAL || state == Merge.State.UNDONE);
  }

  private void squash(int crash, boolean forget) {
    attempt(
        () -> {
          try {
            squasher.start(project, "");
          } catch (Failure none) {
            assertThat(none.reason()).isIn(Reason.FAILED_PRECONDITION, Reason.UNAVAILABLE);
          }
          squasher.run();
        },
        crash,
        forget);
    for (String id : done) {
      switch (merges.find(project, id).orElseThrow().state()) {
        case FINALIZING, FINAL -> model.close(id);
        case MERGING, MERGED, UNDOING, UNDONE -> {}
      }
    }
    assertThat(stored("count()")).as("events in the midst").isEqualTo(model.events());
  }

  private void chooseFinals(boolean slow) {
    usedFinals = slow ? formerFinals : finals.of(project);
  }

  private void check() {
    assertThat(stored("count()")).as("events").isEqualTo(model.events());
    assertThat(stored("uniqExact(event_key)")).as("different events").isEqualTo(model.events());
    model
        .owners(model.logins())
        .forEach(
            (id, user) ->
                assertThat(stores.identities.owner(project, IdKind.LOGIN, id)).isEqualTo(user));
    model
        .owners(model.devices())
        .forEach(
            (id, user) ->
                assertThat(stores.identities.owner(project, IdKind.DEVICE, id)).isEqualTo(user));
    for (long number = 1; number <= model.users(); number++) {
      long root = model.root(number);
      if (isNobody(root)) {
        // Given away by an attempt that was forgotten before anything was durable.
        continue;
      }
      Profile profile = stores.get(project, "user_number:" + number);
      assertThat(profile.user().number()).as("survivor of %d", number).isEqualTo(root);
      assertThat(profile.eventCount())
          .as("events of %d", root)
          .isEqualTo(model.events().getOrDefault(root, 0L));
      assertThat(users.numbers(project, number))
          .as("numbers of %d", root)
          .containsExactlyInAnyOrderElementsOf(model.numbers(root))
          .startsWith(root);
      assertThat(profile.anonymousIds())
          .as("devices of %d", root)
          .hasSameElementsAs(model.idsOf(model.devices(), root));
    }
  }

  private boolean isNobody(long user) {
    return model.events().getOrDefault(user, 0L) == 0
        && model.idsOf(model.logins(), user).isEmpty()
        && model.idsOf(model.devices(), user).isEmpty()
        && model.numbers(user).size() == 1;
  }

  private Map<Long, Long> stored(String count) {
    Map<Long, Long> counts = new TreeMap<>();
    stores.clickHouse.scan(
        "SELECT user_number, "
            + count
            + " AS events FROM events_final_v1 WHERE project_id = {project:String}"
            + " GROUP BY user_number",
        Map.of("project", project.value()),
        row -> counts.put(row.getLong("user_number"), row.getLong("events")));
    return counts;
  }

  private void deliver(String log) {
    List<ProfileUpdate> all = logs.getOrDefault(log, List.of());
    apply(log, all.subList(delivered.getOrDefault(log, 0), all.size()));
    delivered.put(log, all.size());
  }

  private void repeat(String log, int from, int size) {
    int end = delivered.getOrDefault(log, 0);
    int start = Math.min(from, end);
    apply(
        log, logs.getOrDefault(log, List.of()).subList(start, start + Math.min(size, end - start)));
  }

  private void resolve(String log) {
    List<ProfileUpdate> all = logs.getOrDefault(log, List.of());
    List<ProfileUpdate> batch = all.subList(delivered.getOrDefault(log, 0), all.size());
    if (!batch.isEmpty()) {
      stores.identities.resolve(
          project,
          log,
          batch.stream()
              .map(
                  update ->
                      new io.tenure.profile.domain.Identities.Claim(update.offset(), update.ids()))
              .toList());
      batch.forEach(update -> model.resolve(log, update.offset(), update.ids()));
    }
  }

  private void apply(String log, List<ProfileUpdate> batch) {
    if (batch.isEmpty()) {
      return;
    }
    List<Long> numbers = stores.projector.apply(log, batch).userNumbers();
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      ProfileUpdate update = batch.get(i);
      expected.add(model.deliver(log, update.offset(), update.ids(), numbers.get(i)));
    }
    assertThat(numbers).as("users of %s", log).isEqualTo(expected);
    List<Map<String, ?>> rows = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      rows.add(
          Map.of(
              "project_id", project.value(),
              "name", "open",
              "event_time", Updates.MONDAY.toString(),
              "user_number", numbers.get(i),
              "final_number", usedFinals.getOrDefault(numbers.get(i), 0L),
              "event_key", (log.equals("log-a") ? 1_000 : 2_000) + batch.get(i).offset(),
              "log_id", log,
              "log_offset", batch.get(i).offset()));
    }
    stores.clickHouse.insert("events", rows, null);
  }

  private void join(String one, String other, int crash, boolean forget) {
    long first = model.owner(one);
    long second = model.owner(other);
    if (first == 0
        || second == 0
        || stores.find(project, one).isEmpty()
        || stores.find(project, other).isEmpty()) {
      return;
    }
    if (first == second) {
      assertRefused(() -> merger.merge(project, one, other, false, "person:ann", ""));
      return;
    }
    attempt(
        () -> merger.merge(project, one, other, false, "person:ann", "seen together"),
        crash,
        forget);
    List<Merge> listed = merges.list(project, List.of(), "", 1);
    if (!listed.isEmpty() && !done.contains(listed.getFirst().id())) {
      Merge merge = listed.getFirst();
      assertThat(merge.state()).isEqualTo(Merge.State.MERGED);
      done.add(merge.id());
      model.merge(merge.id(), merge.survivor(), merge.absorbed());
    }
  }

  private void undo(int which, int crash, boolean forget) {
    if (done.isEmpty()) {
      return;
    }
    String id = done.get(which % done.size());
    if (!model.canUndo(id)) {
      assertRefused(() -> merger.undo(project, id, "person:ben"));
      return;
    }
    attempt(() -> merger.undo(project, id, "person:ben"), crash, forget);
    if (merges.find(project, id).orElseThrow().state() == Merge.State.UNDONE) {
      model.undo(id);
    }
  }

  private void assertRefused(Runnable action) {
    org.assertj.core.api.Assertions.assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
  }

  private void attempt(Runnable action, int crash, boolean forget) {
    crashes.in(crash);
    try {
      action.run();
    } catch (Failure died) {
      assertThat(died.reason()).isEqualTo(Reason.UNAVAILABLE);
    }
    if (crashes.happened()) {
      clock.advance(IdMoves.SHORT_HOLD);
    }
    crashes.never();
    if (forget) {
      forget();
    }
    merger.recover();
  }

  private void forget() {
    String identities = "identity:{" + project + "}";
    stores.redis.call(
        "forget",
        commands -> {
          for (long user = 1; user <= model.users(); user++) {
            commands.del("profile:{" + project + "/" + user + "}");
          }
          return commands.del(identities);
        });
    model.forget();
  }
}
