package io.tenure.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.collector.api.PropertyColumnGrpcService;
import io.tenure.collector.domain.column.HotProperties;
import io.tenure.collector.domain.column.PropertyColumns;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.job.ColumnJob;
import io.tenure.collector.job.HotPropertyJob;
import io.tenure.collector.store.DefinitionTrackingPlans;
import io.tenure.collector.store.PlannedPersonalProperties;
import io.tenure.collector.store.column.ClickHouseColumnSample;
import io.tenure.collector.store.column.ClickHouseColumnStore;
import io.tenure.collector.store.column.CountedDemand;
import io.tenure.condition.store.PropertyUse;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.IntervalTurn;
import io.tenure.platform.redis.Redis;
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

  @Bean
  HotPropertyJob hotPropertyJob(
      PropertyColumns columns,
      ClickHouse clickHouse,
      Redis redis,
      Clock clock,
      CollectorProperties properties,
      MeterRegistry meters) {
    CollectorProperties.Automatic settings = properties.columns().automatic();
    HotProperties hot =
        new HotProperties(
            columns,
            new CountedDemand(new PropertyUse(redis, clock)),
            new ClickHouseColumnSample(clickHouse),
            new PlannedPersonalProperties(
                new Definitions(clickHouse, redis, clock, DefinitionTrackingPlans.KIND)),
            settings.enabled()
                ? new IntervalTurn(redis, HotProperties.TURN, settings.interval())::take
                : () -> false,
            settings.rule(),
            clock);
    return new HotPropertyJob(hot, change -> changes(meters, change).increment());
  }

  private static Counter changes(MeterRegistry meters, String change) {
    return Counter.builder(CollectorMeter.COLUMNS.id())
        .description(CollectorMeter.COLUMNS.description())
        .tag("change", change)
        .register(meters);
  }
}
