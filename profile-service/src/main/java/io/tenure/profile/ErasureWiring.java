package io.tenure.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.profile.api.ErasureGrpcService;
import io.tenure.profile.client.ServiceKeeper;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.consent.ConsentGate;
import io.tenure.profile.domain.erasure.Eraser;
import io.tenure.profile.domain.erasure.ErasureGate;
import io.tenure.profile.domain.erasure.ErasureRequests;
import io.tenure.profile.domain.erasure.Erasures;
import io.tenure.profile.domain.erasure.Keeper;
import io.tenure.profile.domain.erasure.PersonHash;
import io.tenure.profile.domain.erasure.Reapplying;
import io.tenure.profile.domain.erasure.Receipts;
import io.tenure.profile.domain.erasure.Tombstones;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.job.ErasureJob;
import io.tenure.profile.store.RedisTurns;
import io.tenure.profile.store.erasure.BackupBook;
import io.tenure.profile.store.erasure.ClickHouseErasures;
import io.tenure.profile.store.erasure.ClickHouseKeeper;
import io.tenure.profile.store.erasure.ClickHouseTombstones;
import io.tenure.profile.store.erasure.RedisKeeper;
import io.tenure.profile.store.erasure.TombstoneJournal;
import io.tenure.profile.store.seal.SubjectKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Forgetting people for good. */
@Configuration(proxyBeanMethods = false)
@Import(ErasureGrpcService.class)
class ErasureWiring {

  /** Longer than a table takes to be rewritten; a process that dies holds others up that long. */
  private static final Duration TURN = Duration.ofMinutes(2);

  private static final Duration DEADLINE = Duration.ofMinutes(10);

  @Bean
  PersonHash personHash(ProfileProperties properties) {
    return new PersonHash(properties.erasure().key());
  }

  @Bean
  Receipts receipts(ProfileProperties properties) {
    return new Receipts(properties.erasure().receiptKey());
  }

  /** Needs the service's tables; the durable profiles, which make them too, need this. */
  @Bean
  Tombstones tombstones(
      ClickHouse clickHouse,
      Redis redis,
      PersonHash hash,
      Clock clock,
      Migrations migrations,
      ProfileProperties properties) {
    migrations.run(ProfileApplication.NAME);
    ClickHouseTombstones stored = new ClickHouseTombstones(clickHouse, redis, hash, clock);
    String journal = properties.erasure().journal();
    return journal.isEmpty() ? stored : new TombstoneJournal(Path.of(journal), stored);
  }

  @Bean
  Reapplying reapplying(
      Tombstones tombstones, Erasures erasures, ClickHouse clickHouse, Clock clock) {
    return new Reapplying(tombstones, erasures, new ClickHouseKeeper(clickHouse), clock);
  }

  @Bean
  ErasureGate erasureGate(ConsentGate next, Tombstones tombstones, IdentityPlans plans) {
    return new ErasureGate(next, tombstones, plans);
  }

  @Bean
  Erasures erasures(ClickHouse clickHouse) {
    return new ClickHouseErasures(clickHouse);
  }

  @Bean
  Eraser eraser(
      Erasures erasures,
      Tombstones tombstones,
      PersonHash hash,
      Receipts receipts,
      DurableProfiles profiles,
      ClickHouse clickHouse,
      Redis redis,
      SubjectKeys keys,
      ServiceChannels channels,
      ClientProperties clients,
      ProfileProperties properties,
      Clock clock) {
    ClickHouseKeeper durable = new ClickHouseKeeper(clickHouse);
    List<Keeper> others = new ArrayList<>();
    for (String service : properties.erasure().services()) {
      others.add(new ServiceKeeper(channels.open(service, clients.keeper(service), DEADLINE)));
    }
    if (!properties.erasure().backups().isEmpty()) {
      others.add(new BackupBook(Path.of(properties.erasure().backups()), clock));
    }
    return new Eraser(
        erasures,
        tombstones,
        hash,
        receipts,
        profiles,
        durable,
        new Eraser.Keepers(others, new RedisKeeper(redis, keys), durable, durable),
        new RedisTurns(redis, "erasure", TURN),
        clock);
  }

  @Bean
  ErasureRequests erasureRequests(
      ProfileDirectory directory,
      MergedUsers merged,
      Erasures erasures,
      Eraser eraser,
      Receipts receipts,
      Clock clock) {
    return new ErasureRequests(directory, merged, erasures, eraser, receipts, clock);
  }

  @Bean
  ErasureJob erasureJob(Eraser eraser, Reapplying reapplying, MeterRegistry meters) {
    return new ErasureJob(eraser, reapplying, meters);
  }
}
