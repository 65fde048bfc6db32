package io.tenure.collector;

import io.tenure.collector.api.PropertyColumnGrpcService;
import io.tenure.collector.domain.column.PropertyColumns;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.job.ColumnJob;
import io.tenure.collector.store.column.ClickHouseColumnStore;
import io.tenure.platform.clickhouse.ClickHouse;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Properties with columns of their own. The event store is asked for because it makes the tables.
 */
@Configuration(proxyBeanMethods = false)
@Import(PropertyColumnGrpcService.class)
class ColumnWiring {

  @Bean
  PropertyColumns propertyColumns(
      EventStore tables, ClickHouse clickHouse, Clock clock, CollectorProperties properties) {
    CollectorProperties.Columns settings = properties.columns();
    return new PropertyColumns(
        new ClickHouseColumnStore(clickHouse), clock, settings.most(), settings.grace());
  }

  @Bean
  ColumnJob columnJob(PropertyColumns columns) {
    return new ColumnJob(columns);
  }
}
