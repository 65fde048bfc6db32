package io.tenure.collector;

import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.plan.PlanIndex;
import io.tenure.collector.domain.plan.TrackingPlans;
import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.collector.job.TypeExchange;
import io.tenure.collector.store.DefinitionTrackingPlans;
import io.tenure.collector.store.KeptDefinitions;
import io.tenure.collector.store.catalogue.RedisTypeArbiter;
import io.tenure.collector.store.catalogue.RocksCatalogue;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is planned and learned about names, and the types they have. */
@Configuration(proxyBeanMethods = false)
class PlanWiring {

  @Bean
  TrackingPlans trackingPlans(ClickHouse clickHouse, Redis redis, Clock clock) {
    return new DefinitionTrackingPlans(
        new Definitions(clickHouse, redis, clock, DefinitionTrackingPlans.KIND));
  }

  @Bean
  ProjectSettings<PlanIndex> plansInForce(
      ClickHouse clickHouse, Redis redis, Clock clock, CollectorProperties properties) {
    return new KeptDefinitions<>(
        new Definitions(clickHouse, redis, clock, DefinitionTrackingPlans.KIND),
        properties.dataDirectory().resolve("tracking-plans.json"),
        DefinitionTrackingPlans::read);
  }

  @Bean
  Catalogue catalogue(Redis redis, CollectorProperties properties) {
    CollectorProperties.Catalogue room = properties.catalogue();
    return new RocksCatalogue(
        properties.dataDirectory().resolve("catalogue"),
        new RocksCatalogue.Room(room.events(), room.properties(), room.traits(), room.items()),
        new RedisTypeArbiter(redis));
  }

  @Bean
  TypeExchange typeExchange(Catalogue catalogue, Clock clock) {
    return new TypeExchange(catalogue, clock);
  }
}
