package io.tenure.collector;

import io.tenure.collector.api.SubjectGrpcService;
import io.tenure.collector.domain.erasure.PersonEraser;
import io.tenure.collector.domain.erasure.PersonLog;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.store.ClickHousePersonStore;
import io.tenure.platform.clickhouse.ClickHouse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Forgetting people. The event store is asked for because it makes the tables. */
@Configuration(proxyBeanMethods = false)
@Import(SubjectGrpcService.class)
class ErasureWiring {

  @Bean
  PersonEraser personEraser(EventLog log, ClickHouse clickHouse, EventStore tables) {
    return new PersonEraser(log, (PersonLog) log, new ClickHousePersonStore(clickHouse));
  }
}
