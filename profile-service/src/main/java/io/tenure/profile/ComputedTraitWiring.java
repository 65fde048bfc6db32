package io.tenure.profile;

import io.tenure.condition.store.ColumnRegistry;
import io.tenure.condition.store.PropertyUse;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.profile.api.ComputedTraitGrpcService;
import io.tenure.profile.client.SegmentAudience;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.TraitAssigner;
import io.tenure.profile.domain.activity.ActivityRules;
import io.tenure.profile.domain.computed.ComputationTurns;
import io.tenure.profile.domain.computed.Computations;
import io.tenure.profile.domain.computed.ComputedTraitCatalog;
import io.tenure.profile.domain.computed.ComputedTraits;
import io.tenure.profile.domain.computed.ComputedValues;
import io.tenure.profile.domain.computed.EventMeasures;
import io.tenure.profile.domain.computed.LiveTraits;
import io.tenure.profile.domain.computed.Profiled;
import io.tenure.profile.domain.computed.RuleAudience;
import io.tenure.profile.domain.computed.TraitComputer;
import io.tenure.profile.domain.consent.ConsentBoard;
import io.tenure.profile.domain.consent.Purpose;
import io.tenure.profile.job.ComputationJob;
import io.tenure.profile.job.LiveTraitRefresh;
import io.tenure.profile.store.computed.ClickHouseComputations;
import io.tenure.profile.store.computed.ClickHouseComputedValues;
import io.tenure.profile.store.computed.ClickHouseMeasures;
import io.tenure.profile.store.computed.DefinitionComputedTraits;
import io.tenure.profile.store.computed.LiveTraitCopies;
import io.tenure.profile.store.computed.RedisComputationTurns;
import io.tenure.profile.store.seal.SealedComputedValues;
import io.tenure.profile.store.seal.TraitSeal;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Traits computed from events. The durable profiles are asked for because they make the tables. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(ClientProperties.class)
@Import({ComputedTraitGrpcService.class, ComputationJob.class})
class ComputedTraitWiring {

  /** Longer than a slice takes to be measured; a process that dies holds others up that long. */
  private static final Duration TURN = Duration.ofMinutes(5);

  private static final Duration EVALUATION_DEADLINE = Duration.ofMinutes(2);

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
  EventMeasures eventMeasures(
      ClickHouse clickHouse, Redis redis, Clock clock, DurableProfiles migrated) {
    PropertyUse use = new PropertyUse(redis, clock);
    return new ClickHouseMeasures(clickHouse, new ColumnRegistry(clickHouse, clock, use));
  }

  @Bean
  RuleAudience ruleAudience(ServiceChannels channels, ClientProperties clients) {
    return new SegmentAudience(
        channels.open("segment-service", clients.segmentService(), EVALUATION_DEADLINE));
  }

  @Bean
  LiveTraitCopies liveTraitCopies(
      ClickHouse clickHouse, Redis redis, Clock clock, DurableProfiles migrated) {
    return new LiveTraitCopies(
        new Definitions(clickHouse, redis, clock, DefinitionComputedTraits.KIND));
  }

  @Bean
  Profiled profiled(ConsentBoard consents) {
    return (project, user) -> consents.allows(project, user, Purpose.PROFILING);
  }

  @Bean
  LiveTraits liveTraits(LiveTraitCopies copies, Profiled profiled, Clock clock) {
    return new LiveTraits(copies, profiled, clock);
  }

  @Bean
  LiveTraitRefresh liveTraitRefresh(LiveTraitCopies copies) {
    return new LiveTraitRefresh(copies::refresh);
  }

  @Bean
  ComputedTraits computedTraits(
      ComputedTraitCatalog catalog,
      Computations computations,
      EventMeasures measures,
      RuleAudience audience,
      ActivityRules kept,
      ComputedValues values,
      Clock clock) {
    return new ComputedTraits(catalog, computations, measures, audience, kept, values, clock);
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
  ComputationTurns computationTurns(Redis redis) {
    return new RedisComputationTurns(redis, TURN);
  }

  @Bean
  TraitComputer traitComputer(
      ComputedTraitCatalog catalog,
      Computations computations,
      EventMeasures measures,
      RuleAudience audience,
      ComputedValues values,
      ComputationTurns turns,
      TraitAssigner assigner,
      Profiled profiled,
      Clock clock,
      ProfileProperties properties) {
    return new TraitComputer(
        catalog,
        computations,
        measures,
        audience,
        values,
        turns,
        assigner,
        profiled,
        clock,
        properties.computationSlice());
  }
}
