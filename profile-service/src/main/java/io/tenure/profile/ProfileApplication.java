package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.service.TenureService;
import io.tenure.profile.api.ProfileGrpcService;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.Projector;
import io.tenure.profile.domain.RememberedProfiles;
import io.tenure.profile.domain.activity.ActivityRules;
import io.tenure.profile.domain.erasure.Tombstones;
import io.tenure.profile.domain.identity.Decisions;
import io.tenure.profile.domain.rebuild.Rebuilding;
import io.tenure.profile.domain.retention.RetentionMarks;
import io.tenure.profile.domain.watch.AnnouncedProfiles;
import io.tenure.profile.domain.watch.ChangeLog;
import io.tenure.profile.job.RebuildJob;
import io.tenure.profile.store.ClickHouseProfiles;
import io.tenure.profile.store.RedisProfiles;
import io.tenure.profile.store.StoredProgress;
import io.tenure.profile.store.StoredUsers;
import io.tenure.profile.store.seal.SealedDurableProfiles;
import io.tenure.profile.store.seal.SealedHotProfiles;
import io.tenure.profile.store.seal.TraitSeal;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Who a user is and what is known about them. */
@TenureService
@EnableConfigurationProperties(ProfileProperties.class)
@Import({
  ProfileGrpcService.class,
  IdentityWiring.class,
  MergeWiring.class,
  ComputedTraitWiring.class,
  ConsentWiring.class,
  QueryWiring.class,
  SealingWiring.class,
  ErasureWiring.class,
  ExportWiring.class,
  RetentionWiring.class,
  SquashWiring.class
})
public class ProfileApplication {

  /** Name of the service, its configuration file and its tables' schema. */
  public static final String NAME = "profile-service";

  private static final int REBUILD_SLICE = 1_000;

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceRunner.service(ProfileApplication.class, NAME).run(arguments);
  }

  @Bean
  DurableProfiles durableProfiles(
      ClickHouse clickHouse,
      Migrations migrations,
      ChangeLog changes,
      TraitSeal seal,
      Tombstones tombstones,
      RetentionMarks marks) {
    migrations.run(NAME);
    return new AnnouncedProfiles(
        new RememberedProfiles(
            new SealedDurableProfiles(new ClickHouseProfiles(clickHouse), seal),
            List.of(tombstones, marks)),
        changes);
  }

  @Bean
  HotProfiles hotProfiles(Redis redis, TraitSeal seal) {
    return new SealedHotProfiles(new RedisProfiles(redis), seal);
  }

  @Bean
  ProfileDirectory profileDirectory(
      Identities identities, HotProfiles hot, DurableProfiles durable) {
    return new ProfileDirectory(identities, hot, durable);
  }

  @Bean
  Projector projector(
      Identities identities,
      HotProfiles hot,
      DurableProfiles durable,
      Decisions decisions,
      Clock clock,
      ActivityRules rules,
      ProfileProperties properties) {
    return new Projector(
        identities, hot, durable, decisions, clock, rules, properties.writeAttempts());
  }

  @Bean
  Rebuilding rebuilding(
      Identities identities,
      HotProfiles hot,
      DurableProfiles durable,
      ClickHouse clickHouse,
      Redis redis) {
    return new Rebuilding(
        identities,
        hot,
        durable,
        new StoredProgress(new StoredUsers(clickHouse), redis),
        REBUILD_SLICE);
  }

  @Bean
  RebuildJob rebuildJob(Rebuilding rebuilding) {
    return new RebuildJob(rebuilding);
  }

  @Bean
  ActivityRules activityRules(ProfileProperties properties) {
    return properties.activity().rules();
  }
}
