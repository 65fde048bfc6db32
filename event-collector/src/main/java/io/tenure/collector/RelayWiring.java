package io.tenure.collector;

import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.collector.client.ProfileServiceProfiles;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogSnapshots;
import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.relay.AgreedSink;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.domain.relay.EventsSink;
import io.tenure.collector.domain.relay.Profiles;
import io.tenure.collector.domain.relay.QuarantineSink;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.RelayHold;
import io.tenure.collector.domain.relay.Retention;
import io.tenure.collector.domain.relay.Sink;
import io.tenure.collector.domain.relay.StandStill;
import io.tenure.collector.job.RelayThreads;
import io.tenure.collector.store.ClickHouseEventStore;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.rpc.ServiceChannels;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way from the log to the stores. */
@Configuration(proxyBeanMethods = false)
class RelayWiring {

  /** Makes its tables at once when the server is there; otherwise the relay does so later. */
  @Bean
  EventStore eventStore(ClickHouse clickHouse, ObjectProvider<Migrations> migrations) {
    EventStore store = new ClickHouseEventStore(clickHouse, migrations::getObject);
    if (clickHouse.answers()) {
      store.prepare();
    }
    return store;
  }

  @Bean
  Profiles profiles(
      ServiceChannels channels,
      @Value("${tenure.clients.profile-service}") String target,
      CollectorProperties properties) {
    Channel channel = channels.open("profile-service", target, properties.relay().deadline());
    return new ProfileServiceProfiles(channel);
  }

  @Bean
  Sink eventsSink(Profiles profiles, EventStore store, Catalogue catalogue) {
    return new AgreedSink(new EventsSink(profiles, store), catalogue);
  }

  @Bean
  Sink quarantineSink(EventStore store) {
    return new QuarantineSink(store);
  }

  /** One for each sink, with its lag as a metric. */
  @Bean
  Relays relays(
      EventLog log,
      List<Sink> sinks,
      Clock clock,
      CollectorProperties properties,
      MeterRegistry meters) {
    CollectorProperties.Relay settings = properties.relay();
    BatchLimit limit = new BatchLimit(settings.batchRecords(), settings.batchSize().toBytes());
    List<Relay> relays = sinks.stream().map(sink -> new Relay(log, sink, clock, limit)).toList();
    relays.forEach(relay -> CollectorTelemetry.watch(relay, meters));
    return new Relays(relays);
  }

  /** A list bean of its own type would be taken for a list of beans. */
  record Relays(List<Relay> list) {}

  @Bean
  RelayHold relayHold() {
    return new RelayHold();
  }

  @Bean
  StandStill standStill(EventLog log, RelayHold hold) {
    return new StandStill(hold, (LogSnapshots) log);
  }

  @Bean
  RelayThreads relayThreads(
      EventLog log,
      Relays relays,
      RelayHold hold,
      List<Sink> sinks,
      Clock clock,
      CollectorProperties properties) {
    CollectorProperties.Relay settings = properties.relay();
    return new RelayThreads(
        relays.list(),
        hold,
        new Retention(log, sinks, clock, settings.retention()),
        settings.linger(),
        settings.longestPause(),
        settings.givesWay());
  }
}
