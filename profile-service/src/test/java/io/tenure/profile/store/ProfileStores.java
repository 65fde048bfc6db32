package io.tenure.profile.store;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.Projector;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.identity.Decisions;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.rebuild.Rebuilding;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The profile service's use cases on real stores. */
final class ProfileStores implements AutoCloseable {

  private static final AtomicInteger PROJECTS = new AtomicInteger();

  final ClickHouse clickHouse;
  final Redis redis;
  final DurableProfiles durable;
  final Decisions decisions;
  final IdentityPlans plans;
  private final boolean owner;
  final RedisIdentities identities;
  final HotProfiles hot;
  final Projector projector;
  final ProfileDirectory directory;

  private ProfileStores(
      ClickHouse clickHouse, boolean owner, String redisUrl, DurableProfiles durable, Clock clock) {
    this.clickHouse = clickHouse;
    this.owner = owner;
    this.redis =
        new Redis(new RedisProperties(redisUrl, Duration.ofSeconds(20)), ObservationRegistry.NOOP);
    this.durable = durable;
    this.hot = new RedisProfiles(redis);
    this.decisions = new ClickHouseDecisions(clickHouse);
    this.plans =
        new DefinitionIdentityPlans(
            new Definitions(clickHouse, redis, clock, DefinitionIdentityPlans.KIND));
    this.identities =
        new RedisIdentities(
            redis, durable, plans, clock, new RedisIdentities.Settings(7, Duration.ofMinutes(10)));
    this.projector = new Projector(identities, hot, durable, decisions, clock, Updates.RULES, 50);
    this.directory = new ProfileDirectory(identities, hot, durable);
  }

  /** The shared servers of the test run and an empty database. */
  static ProfileStores open() {
    return open(TestStores.redisUrl());
  }

  /** The shared servers and an empty database, in a time of its own. */
  static ProfileStores open(Clock clock) {
    return open(TestStores.redisUrl(), clock);
  }

  /** Another Redis, and an empty database of the shared ClickHouse. */
  static ProfileStores open(String redisUrl) {
    return open(redisUrl, Clock.systemUTC());
  }

  private static ProfileStores open(String redisUrl, Clock clock) {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("profiles"),
            Duration.ofSeconds(60),
            8);
    ClickHouse clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    Migrations migrations = new Migrations(clickHouse, properties, clock);
    migrations.run("platform");
    migrations.run("profile-service");
    return new ProfileStores(clickHouse, true, redisUrl, new ClickHouseProfiles(clickHouse), clock);
  }

  /** The same ClickHouse with another Redis. */
  ProfileStores with(String redisUrl) {
    return new ProfileStores(clickHouse, false, redisUrl, durable, Clock.systemUTC());
  }

  /** The same servers with another durable store. */
  ProfileStores with(DurableProfiles other) {
    return new ProfileStores(clickHouse, false, TestStores.redisUrl(), other, Clock.systemUTC());
  }

  /** A project no other test uses; tests share the Redis. */
  static ProjectId project() {
    return new ProjectId("p" + ProcessHandle.current().pid() + "-" + PROJECTS.incrementAndGet());
  }

  Rebuilding rebuilding() {
    return new Rebuilding(
        identities, hot, durable, new StoredProgress(new StoredUsers(clickHouse), redis), 2);
  }

  Optional<Profile> find(ProjectId project, String id) {
    return directory.find(project, List.of(id)).getFirst();
  }

  Profile get(ProjectId project, String id) {
    return find(project, id).orElseThrow();
  }

  @Override
  public void close() {
    redis.close();
    if (owner) {
      clickHouse.close();
    }
  }
}
