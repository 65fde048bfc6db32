package io.tenure.profile.store;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.TraitAssigner;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.computed.Calculation;
import io.tenure.profile.domain.computed.Computation;
import io.tenure.profile.domain.computed.Computations;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.ComputedTraits;
import io.tenure.profile.domain.computed.ComputedValues;
import io.tenure.profile.domain.computed.TraitComputer;
import io.tenure.profile.domain.habit.BusinessDays;
import io.tenure.profile.store.computed.ClickHouseComputations;
import io.tenure.profile.store.computed.ClickHouseComputedValues;
import io.tenure.profile.store.computed.ClickHouseMeasures;
import io.tenure.profile.store.computed.DefinitionComputedTraits;
import io.tenure.profile.store.computed.RedisComputationTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computed traits on real stores, with a clock that stands where a test puts it. */
final class ComputedStores implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  final ProfileStores stores = ProfileStores.open();
  final ClickHouseComputedValues values;
  final Computations computations;
  private final List<Map<String, Object>> events = new ArrayList<>();
  private final MutableClock clock = new MutableClock(NOW);
  private int keys;

  /** Who fulfils a condition: users named in it, until segments are asked. */
  final NamedAudience audience = new NamedAudience();

  ComputedStores() {
    stores.clickHouse.execute(
        """
        CREATE TABLE events (project_id LowCardinality(String), name LowCardinality(String),
          event_time DateTime64(3, 'UTC'), user_number UInt32, event_key UInt64,
          properties Map(LowCardinality(String), String))
        ENGINE = ReplacingMergeTree
        ORDER BY (project_id, name, toDate(event_time), user_number, event_time, event_key)
        """,
        Map.of());
    stores.clickHouse.execute(
        "CREATE VIEW events_final_v1 AS SELECT *, user_number AS stored_user_number FROM events"
            + " FINAL",
        Map.of());
    values = new ClickHouseComputedValues(stores.clickHouse);
    computations = new ClickHouseComputations(stores.clickHouse);
  }

  MutableClock clock() {
    return clock;
  }

  void at(Instant time) {
    clock.set(time);
  }

  ComputedTraits traits() {
    return new ComputedTraits(
        catalog(),
        computations,
        new ClickHouseMeasures(stores.clickHouse, new ColumnRegistry(stores.clickHouse, clock)),
        audience,
        Updates.RULES,
        values,
        clock);
  }

  /** Users nothing may be computed about. */
  final Set<Long> unprofiled = new HashSet<>();

  TraitComputer computer(int slice) {
    return computer(slice, values, new RedisProfiles(stores.redis));
  }

  TraitComputer computer(int slice, ComputedValues kept, HotProfiles hot) {
    return new TraitComputer(
        catalog(),
        computations,
        new ClickHouseMeasures(stores.clickHouse, new ColumnRegistry(stores.clickHouse, clock)),
        audience,
        kept,
        new RedisComputationTurns(stores.redis, Duration.ofMinutes(1)),
        new TraitAssigner(stores.identities, hot, stores.durable, clock, Updates.RULES, 5),
        (project, user) -> !unprofiled.contains(user),
        clock,
        slice);
  }

  private DefinitionComputedTraits catalog() {
    return new DefinitionComputedTraits(
        new Definitions(stores.clickHouse, stores.redis, clock, DefinitionComputedTraits.KIND));
  }

  /** Users 1 to some number, named u1 and so on. */
  void users(ProjectId project, int count) {
    Updates log = new Updates(project);
    for (int i = 1; i <= count; i++) {
      log.event("u" + i, "", Updates.set("city", "\"上海\""));
    }
    stores.projector.apply("log", log.all());
  }

  ComputedStores event(ProjectId project, long user, String name, Instant time, String... pairs) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    events.add(
        Map.of(
            "project_id", project.value(),
            "name", name,
            "event_time", time.toString(),
            "user_number", user,
            "event_key", ++keys,
            "properties", properties));
    return this;
  }

  void insert() {
    stores.clickHouse.insert("events", List.copyOf(events), null);
    events.clear();
  }

  static ComputedTrait trait(String id, String event, Calculation calculation, String property) {
    return new ComputedTrait(
        id,
        "",
        "",
        new EventSelector(event, List.of()),
        calculation,
        property,
        0,
        calculation == Calculation.TREND ? 4 : 0,
        calculation == Calculation.TREND ? 7 : 0,
        ZoneId.of("Asia/Shanghai"),
        BusinessDays.WEEKENDS_OFF,
        Duration.ofDays(1),
        false,
        false,
        List.of());
  }

  static Caller editor(ProjectId project) {
    return new Caller(project, "person:test", Caller.Role.EDITOR);
  }

  /** Runs until nothing waits, and returns the last state of the last computation. */
  Computation finish(ProjectId project, int slice) {
    computer(slice).run();
    return computations.list(project, "", "", 1).getFirst();
  }

  Map<String, TraitValue> computed(ProjectId project, String id) {
    Map<String, TraitValue> traits = new HashMap<>(profile(project, id).traits());
    traits.remove("city");
    return traits;
  }

  Profile profile(ProjectId project, String id) {
    return stores.get(project, id);
  }

  @Override
  public void close() {
    stores.close();
  }
}
