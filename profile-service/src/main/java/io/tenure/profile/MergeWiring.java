package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.profile.api.MergeGrpcService;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.ProfileEditor;
import io.tenure.profile.domain.identity.Decisions;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.merge.MergeDecisions;
import io.tenure.profile.domain.merge.MergePreviews;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.merge.Merger;
import io.tenure.profile.domain.merge.Merges;
import io.tenure.profile.job.MergeJob;
import io.tenure.profile.store.ClickHouseMerges;
import io.tenure.profile.store.ClickHouseOverrides;
import io.tenure.profile.store.ClickHouseStoredEvents;
import io.tenure.profile.store.RedisIdentities;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Merges of users. The durable profiles are asked for because they make the tables. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({MergeGrpcService.class, MergeJob.class})
class MergeWiring {

  @Bean
  MergedUsers mergedUsers(ProfileDirectory directory) {
    return new MergedUsers(directory);
  }

  @Bean
  Merges merges(ClickHouse clickHouse, DurableProfiles migrated) {
    return new ClickHouseMerges(clickHouse);
  }

  @Bean
  ProfileEditor profileEditor(
      RedisIdentities identities,
      HotProfiles hot,
      DurableProfiles durable,
      Clock clock,
      ProfileProperties properties) {
    return new ProfileEditor(identities, hot, durable, clock, properties.writeAttempts());
  }

  @Bean
  Merger merger(
      ProfileDirectory directory,
      ProfileEditor editor,
      RedisIdentities identities,
      Merges merges,
      ClickHouse clickHouse,
      Decisions decisions,
      Clock clock) {
    return new Merger(
        directory,
        editor,
        identities.moves(),
        merges,
        new ClickHouseOverrides(clickHouse),
        new MergeDecisions(decisions),
        clock);
  }

  @Bean
  MergePreviews mergePreviews(
      Merger merger,
      MergedUsers users,
      ProfileEditor editor,
      RedisIdentities identities,
      ClickHouse clickHouse,
      Clock clock) {
    return new MergePreviews(
        merger,
        users,
        editor,
        new ClickHouseStoredEvents(clickHouse),
        (project, id) ->
            identities.owner(
                project,
                switch (id.kind()) {
                  case LOGIN -> IdKind.LOGIN;
                  case DEVICE -> IdKind.DEVICE;
                  case KEYED -> IdKind.KEYED;
                },
                id.id()),
        clock);
  }
}
