package io.tenure.alert;

import io.tenure.alert.api.ExpiryGrpcService;
import io.tenure.alert.domain.ExpiredAlerts;
import io.tenure.alert.domain.Rules;
import io.tenure.alert.store.ClickHouseExpiredAlerts;
import io.tenure.platform.clickhouse.ClickHouse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Removing alerts that a project keeps no longer. */
@Configuration(proxyBeanMethods = false)
@Import(ExpiryGrpcService.class)
class RetentionWiring {

  /** Needs the rules first: they bring the tables. */
  @Bean
  ExpiredAlerts expiredAlerts(ClickHouse clickHouse, Rules rules) {
    return new ClickHouseExpiredAlerts(clickHouse);
  }
}
