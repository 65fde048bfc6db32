package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.profile.api.ExportGrpcService;
import io.tenure.profile.client.SegmentRecords;
import io.tenure.profile.client.ServiceRecords;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.computed.ComputedValues;
import io.tenure.profile.domain.consent.ConsentLedger;
import io.tenure.profile.domain.consent.Consents;
import io.tenure.profile.domain.erasure.Erasures;
import io.tenure.profile.domain.export.ComputedSource;
import io.tenure.profile.domain.export.ConsentSource;
import io.tenure.profile.domain.export.DecisionSource;
import io.tenure.profile.domain.export.Export;
import io.tenure.profile.domain.export.ExportPlaces;
import io.tenure.profile.domain.export.Exports;
import io.tenure.profile.domain.export.HistorySource;
import io.tenure.profile.domain.export.MergeSource;
import io.tenure.profile.domain.export.PersonExports;
import io.tenure.profile.domain.export.ProfileSource;
import io.tenure.profile.domain.export.Source;
import io.tenure.profile.domain.identity.Decisions;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.merge.Merges;
import io.tenure.profile.domain.visibility.Viewing;
import io.tenure.profile.store.ClickHouseProfileHistory;
import io.tenure.profile.store.export.ClickHouseExports;
import io.tenure.profile.store.seal.SealedProfileHistory;
import io.tenure.profile.store.seal.TraitSeal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handing people everything that is kept about them. */
@Configuration(proxyBeanMethods = false)
class ExportWiring {

  private static final int AT_ONCE = 4;
  private static final Duration SEGMENT_DEADLINE = Duration.ofSeconds(10);

  record OwnSources(List<Source> list) {}

  /** Needs the service's tables, which exist once the durable profiles do. */
  @Bean
  Exports exports(ClickHouse clickHouse, DurableProfiles migrated) {
    return new ClickHouseExports(clickHouse);
  }

  /** What the service itself knows, in the order of the document. */
  @Bean
  OwnSources ownSources(
      Decisions decisions,
      ClickHouse clickHouse,
      TraitSeal seal,
      ComputedValues computed,
      Consents consents,
      ConsentLedger ledger,
      Merges merges) {
    return new OwnSources(
        List.of(
            new ProfileSource(),
            new DecisionSource(decisions),
            new HistorySource(
                new SealedProfileHistory(new ClickHouseProfileHistory(clickHouse), seal)),
            new ComputedSource(computed),
            new ConsentSource(consents, ledger),
            new MergeSource(merges)));
  }

  @Bean
  PersonExports personExports(
      OwnSources own,
      ProfileDirectory directory,
      MergedUsers merged,
      Erasures erasures,
      Viewing viewing,
      Exports exports,
      ServiceChannels channels,
      ClientProperties clients,
      ProfileProperties properties,
      Clock clock) {
    List<Source> sources = new ArrayList<>(own.list());
    sources.add(
        new SegmentRecords(
            channels.open("segment-service", clients.segmentService(), SEGMENT_DEADLINE)));
    for (String service : properties.erasure().services()) {
      sources.add(
          new ServiceRecords(channels.open(service, clients.keeper(service), Export.LONGEST)));
    }
    return new PersonExports(
        directory, merged, erasures, viewing, sources, exports, new ExportPlaces(AT_ONCE), clock);
  }

  @Bean
  ExportGrpcService exportGrpcService(PersonExports exports, ProfileProperties properties) {
    return new ExportGrpcService(exports, properties.watch().patience());
  }
}
