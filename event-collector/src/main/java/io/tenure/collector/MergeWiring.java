package io.tenure.collector;

import io.tenure.collector.api.StoredNumberGrpcService;
import io.tenure.collector.domain.merge.StoredNumbers;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.store.ClickHouseStoredNumbers;
import io.tenure.platform.clickhouse.ClickHouse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Users merged for good. The event store is asked for because it makes the tables. */
@Configuration(proxyBeanMethods = false)
@Import(StoredNumberGrpcService.class)
class MergeWiring {

  @Bean
  StoredNumbers storedNumbers(ClickHouse clickHouse, EventStore tables) {
    return new ClickHouseStoredNumbers(clickHouse);
  }
}
