package io.tenure.collector;

import io.tenure.collector.api.ExpiryGrpcService;
import io.tenure.collector.domain.expiry.Expiration;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.store.ClickHouseExpiryStore;
import io.tenure.platform.clickhouse.ClickHouse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Removing what a project keeps no longer. */
@Configuration(proxyBeanMethods = false)
@Import(ExpiryGrpcService.class)
class ExpiryWiring {

  @Bean
  Expiration expiration(EventStore tables, ClickHouse clickHouse) {
    return new Expiration(tables, new ClickHouseExpiryStore(clickHouse));
  }
}
