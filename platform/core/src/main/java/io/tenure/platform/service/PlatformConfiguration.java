package io.tenure.platform.service;

import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.rpc.FailureHandler;
import io.tenure.platform.rpc.ServiceChannels;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.exception.GrpcExceptionHandler;

/** The beans every service shares. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  ClickHouse clickHouse(ClickHouseProperties properties, ObservationRegistry observations) {
    return new ClickHouse(properties, observations);
  }

  /** Runs when it is made, so whatever needs the platform's tables asks for this bean. */
  @Bean
  Migrations migrations(ClickHouse clickHouse, ClickHouseProperties properties, Clock clock) {
    Migrations migrations = new Migrations(clickHouse, properties, clock);
    migrations.run("platform");
    return migrations;
  }

  @Bean
  Redis redis(RedisProperties properties, ObservationRegistry observations) {
    return new Redis(properties, observations);
  }

  @Bean
  ServiceChannels serviceChannels(GrpcChannelFactory factory, MeterRegistry meters) {
    return new ServiceChannels(factory, meters);
  }

  @Bean
  GrpcServerExecutorProvider virtualThreads() {
    return () -> Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  @GlobalServerInterceptor
  @Order(Ordered.HIGHEST_PRECEDENCE)
  ServerInterceptor callerPropagation() {
    return new CallerPropagation();
  }

  @Bean
  GrpcExceptionHandler failureHandler() {
    return new FailureHandler();
  }

  @Bean
  HealthIndicator clickHouseHealthIndicator(ClickHouse clickHouse) {
    return () -> state(clickHouse.answers());
  }

  @Bean
  HealthIndicator redisHealthIndicator(Redis redis) {
    return () -> state(redis.answers());
  }

  private static Health state(boolean answers) {
    return answers ? Health.up().build() : Health.down().build();
  }
}
