package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.profile.api.ProfileQueryGrpcService;
import io.tenure.profile.api.Watchers;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.history.PastProfiles;
import io.tenure.profile.domain.search.ProfileSearch;
import io.tenure.profile.domain.timeline.Timeline;
import io.tenure.profile.domain.visibility.DataClasses;
import io.tenure.profile.domain.visibility.Viewing;
import io.tenure.profile.domain.watch.ChangeLog;
import io.tenure.profile.domain.watch.ProfileWatch;
import io.tenure.profile.job.DataClassesRefresh;
import io.tenure.profile.store.ClickHouseEventHistory;
import io.tenure.profile.store.ClickHouseProfileHistory;
import io.tenure.profile.store.ClickHouseProfileIndex;
import io.tenure.profile.store.PlanDataClasses;
import io.tenure.profile.store.RedisChangeLog;
import io.tenure.profile.store.seal.SealedProfileHistory;
import io.tenure.profile.store.seal.TraitSeal;
import java.time.Clock;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What people and services ask about users, and what they may see. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({ProfileQueryGrpcService.class, DataClassesRefresh.class})
class QueryWiring {

  /** Needs the service's tables, which exist once the durable profiles do. */
  @Bean
  ProfileSearch profileSearch(
      ClickHouse clickHouse, DurableProfiles migrated, ProfileDirectory directory) {
    return new ProfileSearch(new ClickHouseProfileIndex(clickHouse), directory);
  }

  @Bean
  Timeline timeline(ClickHouse clickHouse, ProfileDirectory directory) {
    return new Timeline(directory, new ClickHouseEventHistory(clickHouse));
  }

  @Bean
  PastProfiles pastProfiles(ClickHouse clickHouse, ProfileDirectory directory, TraitSeal seal) {
    return new PastProfiles(
        directory, new SealedProfileHistory(new ClickHouseProfileHistory(clickHouse), seal));
  }

  @Bean
  DataClasses dataClasses(ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrated) {
    return new PlanDataClasses(new Definitions(clickHouse, redis, clock, PlanDataClasses.KIND));
  }

  @Bean
  Viewing viewing(DataClasses classes, ProfileProperties properties) {
    return new Viewing(classes, properties.personalDataRole());
  }

  @Bean
  ChangeLog changeLog(Redis redis, ProfileProperties properties) {
    return new RedisChangeLog(redis, properties.watch().entries());
  }

  @Bean
  Watchers watchers(
      ChangeLog changes,
      ProfileDirectory directory,
      Viewing viewing,
      ProfileProperties properties) {
    return new Watchers(
        new ProfileWatch(changes, directory),
        viewing,
        properties.watch().streams(),
        properties.watch().patience());
  }

  /** The server waits for open calls when it stops, and these would never end. */
  @Bean
  ApplicationListener<ContextClosedEvent> endOfWatching(Watchers watchers) {
    return closed -> watchers.stop();
  }
}
