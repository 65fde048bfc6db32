package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.profile.api.ComputedTraitGrpcService;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.TraitAssigner;
import io.tenure.profile.domain.activity.ActivityRules;
import io.tenure.profile.domain.computed.Computations;
import io.tenure.profile.domain.computed.ComputedTraitCatalog;
import io.tenure.profile.domain.computed.ComputedTraits;
import io.tenure.profile.domain.computed.ComputedValues;
import io.tenure.profile.domain.computed.EventMeasures;
import io.tenure.profile.domain.computed.TraitComputer;
import io.tenure.profile.job.ComputationJob;
import io.tenure.profile.store.computed.ClickHouseComputations;
import io.tenure.profile.store.computed.ClickHouseComputedValues;
import io.tenure.profile.store.computed.ClickHouseMeasures;
import io.tenure.profile.store.computed.DefinitionComputedTraits;
import io.tenure.profile.store.computed.RedisComputationTurns;
import io.tenure.profile.store.seal.SealedComputedValues;
import io.tenure.profile.store.seal.TraitSeal;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Traits computed from events. The durable profiles are asked for because they make the tables. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({ComputedTraitGrpcService.class, ComputationJob.class})
class ComputedTraitWiring {

  /** Longer than a slice takes to be measured; a process that dies holds others up that long. */
  private static final Duration TURN = Duration.ofMinutes(5);

  @Bean
  ComputedTraitCatalog computedTraitCatalog(
      ClickHouse clickHouse, Redis redis, Clock clock, DurableProfiles migrated) {
    return new DefinitionComputedTraits(
        new Definitions(clickHouse, redis, clock, DefinitionComputedTraits.KIND));
  }

  @Bean
  Computations computations(ClickHouse clickHouse, DurableProfiles migrated) {
    return new ClickHouseComputations(clickHouse);
  }

  @Bean
  ComputedValues computedValues(ClickHouse clickHouse, TraitSeal seal, DurableProfiles migrated) {
    return new SealedComputedValues(new ClickHouseComputedValues(clickHouse), seal);
  }

  @Bean
  EventMeasures eventMeasures(ClickHouse clickHouse, DurableProfiles migrated) {
    return new ClickHouseMeasures(clickHouse);
  }

  @Bean
  ComputedTraits computedTraits(
      ComputedTraitCatalog catalog,
      Computations computations,
      EventMeasures measures,
      ComputedValues values,
      Clock clock) {
    return new ComputedTraits(catalog, computations, measures, values, clock);
  }

  @Bean
  TraitAssigner traitAssigner(
      Identities identities,
      HotProfiles hot,
      DurableProfiles durable,
      Clock clock,
      ActivityRules rules,
      ProfileProperties properties) {
    return new TraitAssigner(identities, hot, durable, clock, rules, properties.writeAttempts());
  }

  @Bean
  TraitComputer traitComputer(
      ComputedTraitCatalog catalog,
      Computations computations,
      EventMeasures measures,
      ComputedValues values,
      Redis redis,
      TraitAssigner assigner,
      Clock clock,
      ProfileProperties properties) {
    return new TraitComputer(
        catalog,
        computations,
        measures,
        values,
        new RedisComputationTurns(redis, TURN),
        assigner,
        clock,
        properties.computationSlice());
  }
}
