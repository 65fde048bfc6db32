package io.tenure.collector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.collector.domain.ledger.Bookkeeping;
import io.tenure.collector.domain.ledger.Reconciler;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.job.ProjectWatch;
import io.tenure.collector.job.ReconcilerJob;
import io.tenure.collector.store.log.KafkaEventLog;
import io.tenure.collector.store.log.RocksEventLog;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log, whether it can be written, and what its books say. */
@Configuration(proxyBeanMethods = false)
class LogWiring {

  @Bean
  EventLog eventLog(CollectorProperties properties, Clock clock) {
    CollectorProperties.Log log = properties.log();
    Path directory = properties.dataDirectory().resolve("log");
    return switch (log.engine()) {
      case ROCKSDB ->
          new RocksEventLog(
              new RocksEventLog.Settings(
                  directory,
                  properties.dedupWindow(),
                  properties.diskReserve().toBytes(),
                  log.queue(),
                  log.patience()),
              clock);
      case KAFKA ->
          new KafkaEventLog(
              new KafkaEventLog.Settings(
                  log.kafka().servers(),
                  log.kafka().topic(),
                  log.kafka().instance(),
                  log.kafka().instances(),
                  log.kafka().replicas(),
                  log.kafka().client(),
                  directory,
                  properties.dedupWindow(),
                  properties.diskReserve().toBytes(),
                  log.queue(),
                  log.patience()),
              clock);
    };
  }

  /** Down means that records are answered 503; a store that is away only makes the relay wait. */
  @Bean
  HealthIndicator eventLogHealthIndicator(EventLog log) {
    return () ->
        log.trouble()
            .map(trouble -> Health.outOfService().withDetail("trouble", trouble).build())
            .orElseGet(() -> Health.up().build());
  }

  @Bean
  Reconciler reconciler(EventLog log, EventStore store, Clock clock, MeterRegistry meters) {
    Reconciler reconciler = new Reconciler(log, store, clock);
    Gauge.builder(
            CollectorMeter.RECONCILED_EVENTS.id(), reconciler, state -> state.state().events())
        .description(CollectorMeter.RECONCILED_EVENTS.description())
        .register(meters);
    Gauge.builder(
            CollectorMeter.MISMATCHES.id(), reconciler, state -> state.state().mismatches().size())
        .description(CollectorMeter.MISMATCHES.description())
        .register(meters);
    return reconciler;
  }

  @Bean
  ReconcilerJob reconcilerJob(Reconciler reconciler) {
    return new ReconcilerJob(reconciler);
  }

  /** Shows the books of every project as metrics. */
  @Bean
  ProjectWatch projectWatch(EventLog log, MeterRegistry meters) {
    return new ProjectWatch(log, new LedgerMeters(log, meters)::show);
  }

  @Bean
  Bookkeeping bookkeeping(EventLog log, EventStore store, RelayWiring.Relays relays) {
    return new Bookkeeping(log, store, relays.list());
  }
}
