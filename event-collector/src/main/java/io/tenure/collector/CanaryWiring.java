package io.tenure.collector;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.tenure.collector.client.SegmentDoor;
import io.tenure.collector.domain.canary.Canary;
import io.tenure.collector.domain.canary.CanaryDoor;
import io.tenure.collector.domain.canary.CanarySeal;
import io.tenure.collector.domain.canary.IntakeDoor;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.job.CanaryThread;
import io.tenure.collector.store.ClickHouseCanarySight;
import io.tenure.platform.clickhouse.ClickHouse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The canary: its door, where it is looked for, and its meters. */
@Configuration(proxyBeanMethods = false)
class CanaryWiring {

  @Bean
  CanaryDoor canaryDoor(Intake intake, CollectorProperties properties) {
    CollectorProperties.Canary canary = properties.canary();
    return canary.url().isEmpty()
        ? new IntakeDoor(intake)
        : new SegmentDoor(canary.url(), canary.key(), canary.patience());
  }

  /** What other collectors know of it too is the key they share; else nobody does. */
  @Bean
  CanarySeal canarySeal(CollectorProperties properties) {
    String key = properties.canary().key();
    if (!key.isEmpty()) {
      return new CanarySeal(key.getBytes(StandardCharsets.UTF_8));
    }
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return new CanarySeal(secret);
  }

  @Bean
  Canary canary(
      CanaryDoor door,
      CanarySeal seal,
      ClickHouse clickHouse,
      Clock clock,
      CollectorProperties properties,
      MeterRegistry meters) {
    Canary canary =
        new Canary(
            door,
            new ClickHouseCanarySight(clickHouse),
            seal,
            clock,
            properties.canary().patience());
    watch(canary, meters);
    return canary;
  }

  @Bean
  CanaryThread canaryThread(Canary canary, CollectorProperties properties) {
    return new CanaryThread(canary, properties.canary().interval());
  }

  private static void watch(Canary canary, MeterRegistry meters) {
    TimeGauge.builder(
            CollectorMeter.CANARY_DELAY.id(),
            canary,
            TimeUnit.MILLISECONDS,
            of -> of.state().lastDelay().toMillis())
        .description(CollectorMeter.CANARY_DELAY.description())
        .register(meters);
    TimeGauge.builder(
            CollectorMeter.CANARY_SUCCESS.id(),
            canary,
            TimeUnit.MILLISECONDS,
            of -> epochMilli(of.state().lastSuccessTime()))
        .description(CollectorMeter.CANARY_SUCCESS.description())
        .register(meters);
    FunctionCounter.builder(
            CollectorMeter.CANARY_FAILURES.id(), canary, of -> of.state().failures())
        .description(CollectorMeter.CANARY_FAILURES.description())
        .register(meters);
  }

  private static double epochMilli(@Nullable Instant time) {
    return time == null ? 0 : time.toEpochMilli();
  }
}
