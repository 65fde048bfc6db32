package io.tenure.experiment;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.experiment.api.AssignmentApi;
import io.tenure.experiment.api.ExperimentApi;
import io.tenure.experiment.api.ExposureApi;
import io.tenure.experiment.api.FlagApi;
import io.tenure.experiment.api.LayerApi;
import io.tenure.experiment.api.MetricApi;
import io.tenure.experiment.api.SubjectApi;
import io.tenure.experiment.api.statistics.ResultApi;
import io.tenure.experiment.api.statistics.StatisticsApi;
import io.tenure.experiment.client.CollectorExposureLog;
import io.tenure.experiment.client.ServiceArmSource;
import io.tenure.experiment.client.ServiceKnownUsers;
import io.tenure.experiment.domain.analysis.SharedLooks;
import io.tenure.experiment.domain.analysis.Turns;
import io.tenure.experiment.domain.experiment.ExperimentGuard;
import io.tenure.experiment.domain.experiment.Experiments;
import io.tenure.experiment.domain.experiment.Holdouts;
import io.tenure.experiment.domain.experiment.Layers;
import io.tenure.experiment.domain.exposure.ExposureTokens;
import io.tenure.experiment.domain.exposure.Exposures;
import io.tenure.experiment.domain.flag.Flags;
import io.tenure.experiment.domain.metric.Metrics;
import io.tenure.experiment.domain.result.ArmSource;
import io.tenure.experiment.domain.result.CircuitBreaker;
import io.tenure.experiment.domain.result.ExperimentResults;
import io.tenure.experiment.domain.result.HoldoutReports;
import io.tenure.experiment.domain.result.HoldoutSource;
import io.tenure.experiment.domain.serving.Assigners;
import io.tenure.experiment.domain.serving.Configuration;
import io.tenure.experiment.domain.serving.FlagEvaluation;
import io.tenure.experiment.domain.serving.FlagSnapshots;
import io.tenure.experiment.domain.serving.KeptVariants;
import io.tenure.experiment.domain.serving.KnownUsers;
import io.tenure.experiment.job.BreakerWatch;
import io.tenure.experiment.job.FlagRefresh;
import io.tenure.experiment.store.DefinitionExposureKeys;
import io.tenure.experiment.store.DefinitionShelf;
import io.tenure.experiment.store.JsonRegistrar;
import io.tenure.experiment.store.RedisKeptVariants;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
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
@Import({
  FlagApi.class,
  ExperimentApi.class,
  LayerApi.class,
  MetricApi.class,
  ExposureApi.class,
  AssignmentApi.class,
  SubjectApi.class,
  StatisticsApi.class,
  ResultApi.class,
  FlagRefresh.class,
  BreakerWatch.class
})
public class ExperimentApplication {

  /** Name of the service and of its configuration file. */
  public static final String NAME = "experiment-service";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceRunner.service(ExperimentApplication.class, NAME).run(arguments);
  }

  @Bean
  DefinitionShelf.Room shelves(
      ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrated) {
    return new DefinitionShelf.Room(clickHouse, redis, clock);
  }

  @Bean
  FlagSnapshots flagSnapshots(DefinitionShelf.Room shelves, Clock clock) {
    return new FlagSnapshots(
        new Configuration(shelves.flags(), shelves.experiments(), shelves.holdouts()), clock);
  }

  @Bean
  ExperimentGuard experimentGuard(DefinitionShelf.Room shelves) {
    return new ExperimentGuard(shelves.experiments());
  }

  @Bean
  Flags flags(DefinitionShelf.Room shelves, ExperimentGuard guard, FlagSnapshots snapshots) {
    return new Flags(shelves.flags(), guard, snapshots);
  }

  @Bean
  Metrics metrics(DefinitionShelf.Room shelves, ExperimentGuard guard) {
    return new Metrics(shelves.metrics(), guard);
  }

  @Bean
  Layers layers(DefinitionShelf.Room shelves, ExperimentGuard guard) {
    return new Layers(shelves.layers(), guard);
  }

  @Bean
  Holdouts holdouts(DefinitionShelf.Room shelves, ExperimentGuard guard, FlagSnapshots snapshots) {
    return new Holdouts(shelves.holdouts(), guard, snapshots);
  }

  @Bean
  Experiments experiments(
      DefinitionShelf.Room shelves,
      Layers layers,
      Holdouts holdouts,
      FlagSnapshots snapshots,
      Clock clock) {
    return new Experiments(
        shelves.experiments(),
        shelves.flags(),
        shelves.metrics(),
        layers,
        holdouts,
        new JsonRegistrar(),
        snapshots,
        clock);
  }

  @Bean
  ExposureTokens exposureTokens(
      ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrated) {
    return new ExposureTokens(
        new DefinitionExposureKeys(
            new Definitions(clickHouse, redis, clock, DefinitionExposureKeys.KIND)),
        clock);
  }

  @Bean
  Exposures exposures(
      ExposureTokens tokens, ServiceChannels channels, ExperimentProperties properties) {
    return new Exposures(
        tokens,
        new CollectorExposureLog(
            channels.open(
                "event-collector",
                properties.clients().eventCollector(),
                properties.experiment().exposureTimeout())));
  }

  @Bean
  SharedLooks sharedLooks() {
    return new SharedLooks();
  }

  @Bean
  Turns turns() {
    return new Turns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), PATIENCE);
  }

  @Bean
  ServiceArmSource armSource(ServiceChannels channels, ExperimentProperties properties) {
    return new ServiceArmSource(
        channels.open(
            "segment-service",
            properties.clients().segmentService(),
            properties.experiment().analysisTimeout()));
  }

  @Bean
  ExperimentResults experimentResults(
      DefinitionShelf.Room shelves, ArmSource source, SharedLooks looks, Turns turns, Clock clock) {
    return new ExperimentResults(
        shelves.experiments(), shelves.metrics(), new JsonRegistrar(), source, looks, turns, clock);
  }

  @Bean
  HoldoutReports holdoutReports(
      DefinitionShelf.Room shelves,
      HoldoutSource source,
      SharedLooks looks,
      Turns turns,
      Clock clock) {
    return new HoldoutReports(
        shelves.holdouts(),
        shelves.experiments(),
        shelves.metrics(),
        new JsonRegistrar(),
        source,
        looks,
        turns,
        clock);
  }

  @Bean
  CircuitBreaker circuitBreaker(Experiments experiments, ExperimentResults results) {
    return new CircuitBreaker(experiments, results);
  }

  @Bean
  KnownUsers knownUsers(ServiceChannels channels, ExperimentProperties properties) {
    Duration timeout = properties.experiment().lookupTimeout();
    return new ServiceKnownUsers(
        channels.open("profile-service", properties.clients().profileService(), timeout),
        channels.open("segment-service", properties.clients().segmentService(), timeout));
  }

  /** By a connection of its own, since a decision waits less long than other questions may. */
  @Bean
  KeptVariants keptVariants(
      RedisProperties server,
      ExperimentProperties properties,
      ObservationRegistry observations,
      Clock clock) {
    Duration timeout = properties.experiment().lookupTimeout();
    return new RedisKeptVariants(
        new Redis(new RedisProperties(server.url(), timeout), observations),
        properties.experiment().keptLifetime(),
        clock);
  }

  @Bean
  FlagEvaluation flagEvaluation(
      FlagSnapshots snapshots, KnownUsers users, KeptVariants variants, Clock clock) {
    return new FlagEvaluation(snapshots, users, variants, clock);
  }

  @Bean
  Assigners assigners(
      FlagSnapshots snapshots,
      DefinitionShelf.Room shelves,
      KnownUsers users,
      KeptVariants variants,
      Clock clock) {
    return new Assigners(snapshots, shelves.experiments(), users, variants, clock);
  }
}
