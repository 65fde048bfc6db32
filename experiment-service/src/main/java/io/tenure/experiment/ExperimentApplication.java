package io.tenure.experiment;

import io.tenure.experiment.api.FlagApi;
import io.tenure.experiment.client.ServiceKnownUsers;
import io.tenure.experiment.domain.FlagEvaluation;
import io.tenure.experiment.domain.FlagSnapshots;
import io.tenure.experiment.domain.FlagStore;
import io.tenure.experiment.domain.Flags;
import io.tenure.experiment.domain.KnownUsers;
import io.tenure.experiment.job.FlagRefresh;
import io.tenure.experiment.store.DefinitionFlagStore;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.service.TenureService;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The experiment service: its wiring. */
@TenureService
@EnableScheduling
@EnableConfigurationProperties(ExperimentProperties.class)
@Import({FlagApi.class, FlagRefresh.class})
public class ExperimentApplication {

  /** Name of the service and of its configuration file. */
  public static final String NAME = "experiment-service";

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceRunner.service(ExperimentApplication.class, NAME).run(arguments);
  }

  @Bean
  FlagStore flagStore(ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrated) {
    return new DefinitionFlagStore(
        new Definitions(clickHouse, redis, clock, DefinitionFlagStore.KIND));
  }

  @Bean
  FlagSnapshots flagSnapshots(FlagStore store, Clock clock) {
    return new FlagSnapshots(store, clock);
  }

  @Bean
  Flags flags(FlagStore store, FlagSnapshots snapshots) {
    return new Flags(store, snapshots);
  }

  @Bean
  KnownUsers knownUsers(ServiceChannels channels, ExperimentProperties properties) {
    Duration timeout = properties.experiment().lookupTimeout();
    return new ServiceKnownUsers(
        channels.open("profile-service", properties.clients().profileService(), timeout),
        channels.open("segment-service", properties.clients().segmentService(), timeout));
  }

  @Bean
  FlagEvaluation flagEvaluation(FlagSnapshots snapshots, KnownUsers users, Clock clock) {
    return new FlagEvaluation(snapshots, users, clock);
  }
}
