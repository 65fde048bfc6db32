package io.tenure.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.profile.api.RetentionGrpcService;
import io.tenure.profile.client.ServiceExpirer;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.Rewriting;
import io.tenure.profile.domain.erasure.ErasureGate;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.retention.Expirer;
import io.tenure.profile.domain.retention.ExpiringUsers;
import io.tenure.profile.domain.retention.ProfileExpirer;
import io.tenure.profile.domain.retention.RetentionGate;
import io.tenure.profile.domain.retention.RetentionMarks;
import io.tenure.profile.domain.retention.RetentionPolicies;
import io.tenure.profile.domain.retention.RetentionRequests;
import io.tenure.profile.domain.retention.RetentionRuns;
import io.tenure.profile.domain.retention.RetentionSweep;
import io.tenure.profile.domain.retention.StaleProfiles;
import io.tenure.profile.domain.retention.StaleTraits;
import io.tenure.profile.domain.retention.StaleUsers;
import io.tenure.profile.domain.visibility.DataClasses;
import io.tenure.profile.job.RetentionJob;
import io.tenure.profile.store.erasure.ClickHouseKeeper;
import io.tenure.profile.store.erasure.RedisKeeper;
import io.tenure.profile.store.retention.ClickHouseExpiringUsers;
import io.tenure.profile.store.retention.ClickHouseProfileTables;
import io.tenure.profile.store.retention.ClickHouseRetentionMarks;
import io.tenure.profile.store.retention.ClickHouseRetentionRuns;
import io.tenure.profile.store.retention.DefinitionRetentionPolicies;
import io.tenure.profile.store.retention.RedisRetentionTurn;
import io.tenure.profile.store.seal.SubjectKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** How long what is kept. */
@Configuration(proxyBeanMethods = false)
@Import(RetentionGrpcService.class)
class RetentionWiring {

  /** Longer than a table takes to be rewritten; a process that dies holds others up that long. */
  private static final Duration TURN = Duration.ofMinutes(10);

  private static final Duration DEADLINE = Duration.ofMinutes(10);

  @Bean
  RetentionPolicies retentionPolicies(
      ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrated) {
    return new DefinitionRetentionPolicies(
        new Definitions(clickHouse, redis, clock, DefinitionRetentionPolicies.KIND));
  }

  /** Needs the service's tables; the durable profiles, which make them too, need this. */
  @Bean
  RetentionMarks retentionMarks(ClickHouse clickHouse, Migrations migrations) {
    migrations.run(ProfileApplication.NAME);
    return new ClickHouseRetentionMarks(clickHouse);
  }

  @Bean
  RetentionGate retentionGate(ErasureGate next, RetentionPolicies policies, Clock clock) {
    return new RetentionGate(next, policies, clock);
  }

  @Bean
  RetentionRuns retentionRuns(ClickHouse clickHouse) {
    return new ClickHouseRetentionRuns(clickHouse);
  }

  @Bean
  ProfileExpirer profileExpirer(
      ClickHouse clickHouse,
      Redis redis,
      SubjectKeys keys,
      RetentionMarks marks,
      Identities identities,
      HotProfiles hot,
      DurableProfiles durable,
      MergedUsers merged) {
    ExpiringUsers users = new ClickHouseExpiringUsers(clickHouse, marks);
    StaleUsers stale = new StaleUsers(users, merged);
    return new ProfileExpirer(
        users,
        new ClickHouseProfileTables(clickHouse, users),
        new StaleProfiles(stale, durable, hot, new RedisKeeper(redis, keys)),
        new StaleTraits(stale, new Rewriting(identities, hot, durable)));
  }

  @Bean
  RetentionSweep retentionSweep(
      RetentionPolicies policies,
      DataClasses classes,
      RetentionRuns runs,
      RetentionMarks marks,
      DurableProfiles profiles,
      ProfileExpirer own,
      ClickHouse clickHouse,
      Redis redis,
      ServiceChannels channels,
      ClientProperties clients,
      ProfileProperties properties,
      Clock clock) {
    List<Expirer> others =
        properties.retention().services().stream()
            .<Expirer>map(
                service ->
                    new ServiceExpirer(channels.open(service, clients.keeper(service), DEADLINE)))
            .toList();
    return new RetentionSweep(
        policies,
        classes,
        new RetentionSweep.Memory(runs, marks),
        profiles,
        new RetentionSweep.Keepers(others, own, new ClickHouseKeeper(clickHouse)),
        new RedisRetentionTurn(redis, TURN),
        clock);
  }

  @Bean
  RetentionRequests retentionRequests(
      RetentionPolicies policies,
      RetentionRuns runs,
      RetentionSweep sweep,
      ProfileProperties properties) {
    return new RetentionRequests(policies, runs, sweep, properties.retention().leastProfileDays());
  }

  @Bean
  RetentionJob retentionJob(
      RetentionSweep sweep, RetentionPolicies policies, MeterRegistry meters) {
    return new RetentionJob(sweep, policies, meters);
  }
}
