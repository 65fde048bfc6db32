package io.tenure.collector;

import io.tenure.collector.domain.arrivals.ArrivalWatch;
import io.tenure.collector.domain.arrivals.Arrivals;
import io.tenure.collector.job.ArrivalExchange;
import io.tenure.collector.store.RedisArrivals;
import io.tenure.platform.redis.Redis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The live view of what arrives. */
@Configuration(proxyBeanMethods = false)
class ArrivalWiring {

  @Bean
  Arrivals arrivals(Redis redis) {
    return new RedisArrivals(redis);
  }

  @Bean
  ArrivalWatch arrivalWatch(Arrivals arrivals, Clock clock) {
    return new ArrivalWatch(arrivals, clock);
  }

  @Bean
  ArrivalExchange arrivalExchange(ArrivalWatch watch) {
    return new ArrivalExchange(watch);
  }
}
