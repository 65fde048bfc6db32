package io.tenure.collector;

import io.tenure.collector.domain.dialect.BoundedUnpacker;
import io.tenure.collector.domain.dialect.Rereader;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.encryption.EnvelopeOpener;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.quarantine.QuarantineStore;
import io.tenure.collector.domain.quarantine.Rehearsal;
import io.tenure.collector.domain.quarantine.Replays;
import io.tenure.collector.store.quarantine.ClickHouseQuarantineStore;
import io.tenure.platform.clickhouse.ClickHouse;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is kept aside, and its way back. */
@Configuration(proxyBeanMethods = false)
class QuarantineWiring {

  @Bean
  QuarantineStore quarantineStore(ClickHouse clickHouse) {
    return new ClickHouseQuarantineStore(clickHouse);
  }

  @Bean
  Replays replays(
      QuarantineStore store,
      Intake intake,
      EnvelopeOpener opener,
      CollectorProperties properties,
      Clock clock) {
    CollectorProperties.Limits limits = properties.limits();
    Rereader rereader =
        new Rereader(
            (arrival, form, unpacker) -> new SensorsDecoder(arrival, opener).decode(form, unpacker),
            new BoundedUnpacker(Math.toIntExact(limits.inflatedBody().toBytes())));
    return new Replays(
        store,
        new Rehearsal(rereader, new Shape(limits.ofRecords()), intake),
        intake,
        clock,
        task -> Thread.ofVirtual().name("replay").start(task));
  }
}
