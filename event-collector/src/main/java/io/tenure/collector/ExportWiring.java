package io.tenure.collector;

import io.tenure.collector.domain.export.PersonExport;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.store.export.ClickHouseEventSection;
import io.tenure.collector.store.export.ClickHouseItemSection;
import io.tenure.collector.store.export.ClickHouseQuarantineSection;
import io.tenure.platform.clickhouse.ClickHouse;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Handing people what is kept about them. The event store is asked for because it makes the tables.
 */
@Configuration(proxyBeanMethods = false)
class ExportWiring {

  private static final int PAGE = 1_000;

  /** Their bytes may be many. */
  private static final int QUARANTINE_PAGE = 100;

  @Bean
  PersonExport personExport(EventLog log, ClickHouse clickHouse, EventStore tables) {
    return new PersonExport(
        log,
        List.of(
            new ClickHouseEventSection(clickHouse, PAGE),
            new ClickHouseItemSection(clickHouse, PAGE),
            new ClickHouseQuarantineSection(clickHouse, QUARANTINE_PAGE)));
  }
}
