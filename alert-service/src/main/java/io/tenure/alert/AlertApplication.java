package io.tenure.alert;

import io.grpc.Channel;
import io.grpc.Context;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.alert.api.AlertGrpcService;
import io.tenure.alert.api.SubjectGrpcService;
import io.tenure.alert.client.ProfileConsents;
import io.tenure.alert.client.ProfilePeople;
import io.tenure.alert.client.SegmentAudience;
import io.tenure.alert.domain.Audience;
import io.tenure.alert.domain.Consenting;
import io.tenure.alert.domain.ForgottenPeople;
import io.tenure.alert.domain.PersonAlerts;
import io.tenure.alert.domain.Receivers;
import io.tenure.alert.domain.RuleBook;
import io.tenure.alert.domain.RuleCheck;
import io.tenure.alert.domain.RuleStore;
import io.tenure.alert.domain.Rules;
import io.tenure.alert.domain.Turns;
import io.tenure.alert.domain.backtest.Activity;
import io.tenure.alert.domain.backtest.Backtester;
import io.tenure.alert.domain.delivery.Backoff;
import io.tenure.alert.domain.delivery.Courier;
import io.tenure.alert.domain.delivery.DeliveryLog;
import io.tenure.alert.domain.sweep.AlertLog;
import io.tenure.alert.domain.sweep.People;
import io.tenure.alert.domain.sweep.Sweeper;
import io.tenure.alert.job.DeliveryJob;
import io.tenure.alert.job.SweepJob;
import io.tenure.alert.notify.HttpWebhook;
import io.tenure.alert.notify.NetworkGuard;
import io.tenure.alert.store.ClickHouseAlertLog;
import io.tenure.alert.store.ClickHouseDeliveryLog;
import io.tenure.alert.store.ClickHouseForgottenPeople;
import io.tenure.alert.store.ClickHousePersonAlerts;
import io.tenure.alert.store.DefinitionReceivers;
import io.tenure.alert.store.DefinitionRules;
import io.tenure.alert.store.RedisSweepLedger;
import io.tenure.alert.store.RedisTurns;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.platform.seal.SecretSeal;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.service.TenureService;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Warns about users who are about to leave: rules, sweeps, back-tests, deliveries. */
@TenureService
@EnableScheduling
@EnableConfigurationProperties({AlertProperties.class, ClientProperties.class})
@Import({
  AlertGrpcService.class,
  SubjectGrpcService.class,
  SweepJob.class,
  DeliveryJob.class,
  RetentionWiring.class
})
public class AlertApplication {

  /** Name of the service in configuration and telemetry. */
  public static final String NAME = "alert-service";

  private static final Duration EVALUATION_DEADLINE = Duration.ofSeconds(60);
  private static final Duration PROFILE_DEADLINE = Duration.ofSeconds(10);

  /** Runs the service as a process of its own. */
  public static void main(String[] arguments) {
    ServiceRunner.service(AlertApplication.class, NAME).run(arguments);
  }

  @Bean
  DefinitionRules rules(ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrations) {
    migrations.run(NAME);
    return new DefinitionRules(new Definitions(clickHouse, redis, clock, "rule"));
  }

  @Bean
  Receivers receivers(
      ClickHouse clickHouse,
      Redis redis,
      Clock clock,
      Migrations migrations,
      AlertProperties properties) {
    return new DefinitionReceivers(
        new Definitions(clickHouse, redis, clock, "receiver"),
        new SecretSeal(properties.secretKey(), "tenure.alert.secret-key"));
  }

  @Bean
  NetworkGuard networkGuard(AlertProperties properties) {
    return new NetworkGuard(properties.allowPrivateWebhooks());
  }

  @Bean
  SegmentAudience audience(ServiceChannels channels, ClientProperties clients) {
    Channel channel =
        channels.open("segment-service", clients.segmentService(), EVALUATION_DEADLINE);
    return new SegmentAudience(channel);
  }

  @Bean
  People people(ServiceChannels channels, ClientProperties clients) {
    Channel channel = channels.open("profile-service", clients.profileService(), PROFILE_DEADLINE);
    return new ProfilePeople(channel);
  }

  @Bean
  Consenting consenting(ServiceChannels channels, ClientProperties clients) {
    Channel channel = channels.open("profile-service", clients.profileService(), PROFILE_DEADLINE);
    return new ProfileConsents(channel);
  }

  @Bean
  RuleBook ruleBook(
      RuleStore rules, Receivers receivers, RuleCheck evaluation, NetworkGuard guard) {
    return new RuleBook(rules, receivers, evaluation, guard);
  }

  /** Needs the rules first: they bring the tables. */
  @Bean
  ClickHouseAlertLog alertLog(ClickHouse clickHouse, AlertProperties properties, Rules rules) {
    return new ClickHouseAlertLog(clickHouse, properties.delivery().batchSize());
  }

  @Bean
  ForgottenPeople forgottenPeople(ClickHouse clickHouse, Rules rules) {
    return new ClickHouseForgottenPeople(clickHouse);
  }

  @Bean
  PersonAlerts personAlerts(ClickHouse clickHouse, Rules rules) {
    return new ClickHousePersonAlerts(clickHouse, 1_000);
  }

  @Bean
  DeliveryLog deliveryLog(ClickHouse clickHouse, Rules rules) {
    return new ClickHouseDeliveryLog(clickHouse);
  }

  @Bean
  Turns turns(Redis redis) {
    return new RedisTurns(redis);
  }

  @Bean
  Sweeper sweeper(
      Rules rules,
      Audience audience,
      People people,
      Consenting consenting,
      AlertLog alerts,
      Redis redis,
      Turns turns,
      MeterRegistry meters,
      Clock clock) {
    return new Sweeper(
        rules,
        audience,
        people,
        consenting,
        alerts,
        new RedisSweepLedger(redis),
        turns,
        AlertTelemetry.sweeps(meters),
        clock);
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService workers() {
    return ContextExecutorService.wrap(
        Executors.newVirtualThreadPerTaskExecutor(), ContextSnapshotFactory.builder().build());
  }

  @Bean
  Backtester backtester(
      Audience audience,
      Activity activity,
      ExecutorService workers,
      AlertProperties properties,
      Clock clock) {
    Executor cancelledWithTheCall = Context.currentContextExecutor(workers);
    return new Backtester(
        audience, activity, cancelledWithTheCall, properties.backtestParallelism(), clock);
  }

  @Bean
  HttpWebhook webhook(NetworkGuard guard, AlertProperties properties, Clock clock) {
    return new HttpWebhook(guard, properties.delivery().deadline(), clock);
  }

  @Bean
  Courier courier(
      Receivers receivers,
      DeliveryLog deliveries,
      Consenting consenting,
      Turns turns,
      HttpWebhook webhook,
      AlertProperties properties,
      MeterRegistry meters,
      ExecutorService workers,
      Clock clock) {
    AlertProperties.Delivery delivery = properties.delivery();
    return new Courier(
        receivers,
        deliveries,
        consenting,
        turns,
        webhook,
        new Backoff(delivery.attempts(), delivery.firstBackoff(), delivery.maxBackoff()),
        AlertTelemetry.deliveries(meters),
        workers,
        RandomGenerator.getDefault(),
        clock);
  }
}
