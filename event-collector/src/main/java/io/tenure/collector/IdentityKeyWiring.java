package io.tenure.collector;

import io.tenure.collector.domain.intake.IdentityKeys;
import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.collector.store.IdentityPlanKeys;
import io.tenure.collector.store.KeptDefinitions;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which keys ids may have, as profile-service keeps it. */
@Configuration(proxyBeanMethods = false)
class IdentityKeyWiring {

  @Bean
  ProjectSettings<IdentityKeys> identityKeys(
      ClickHouse clickHouse, Redis redis, Clock clock, CollectorProperties properties) {
    return new KeptDefinitions<>(
        new Definitions(clickHouse, redis, clock, IdentityPlanKeys.KIND),
        properties.dataDirectory().resolve("identity-plans.json"),
        IdentityPlanKeys::read);
  }
}
