package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.profile.api.IdentityGrpcService;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.identity.Decisions;
import io.tenure.profile.domain.identity.Explainer;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.identity.Owners;
import io.tenure.profile.domain.identity.PlanChange;
import io.tenure.profile.domain.identity.PlanGate;
import io.tenure.profile.store.ClickHouseDecisions;
import io.tenure.profile.store.DefinitionIdentityPlans;
import io.tenure.profile.store.RedisIdentities;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** How projects tell their users apart, and why. */
@Configuration(proxyBeanMethods = false)
@Import(IdentityGrpcService.class)
class IdentityWiring {

  @Bean
  IdentityPlans identityPlans(ClickHouse clickHouse, Redis redis, Clock clock) {
    return new DefinitionIdentityPlans(
        new Definitions(clickHouse, redis, clock, DefinitionIdentityPlans.KIND));
  }

  @Bean
  Decisions decisions(ClickHouse clickHouse) {
    return new ClickHouseDecisions(clickHouse);
  }

  @Bean
  PlanChange planChange(IdentityPlans plans, PlanGate gate) {
    return new PlanChange(plans, gate);
  }

  @Bean
  Explainer explainer(IdentityPlans plans, Owners owners, Decisions decisions) {
    return new Explainer(plans, owners, decisions);
  }

  @Bean
  RedisIdentities identities(
      Redis redis,
      DurableProfiles durable,
      IdentityPlans plans,
      Clock clock,
      ProfileProperties properties) {
    return new RedisIdentities(
        redis,
        durable,
        plans,
        clock,
        new RedisIdentities.Settings(properties.identityChunk(), properties.restoreOverlap()));
  }
}
