package io.tenure.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.seal.MasterKeys;
import io.tenure.profile.api.SealingGrpcService;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.Rewriting;
import io.tenure.profile.domain.seal.KeyRotation;
import io.tenure.profile.domain.seal.Resealing;
import io.tenure.profile.domain.seal.SealedNames;
import io.tenure.profile.domain.visibility.DataClasses;
import io.tenure.profile.job.SealingJob;
import io.tenure.profile.store.seal.ClickHouseStaleForms;
import io.tenure.profile.store.seal.ClickHouseSubjectKeys;
import io.tenure.profile.store.seal.RedisSubjectKeys;
import io.tenure.profile.store.seal.SubjectKeys;
import io.tenure.profile.store.seal.TraitSeal;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Sealing personal traits at rest, with a key of each user under a master key. */
@Configuration(proxyBeanMethods = false)
@Import(SealingGrpcService.class)
class SealingWiring {

  private static final Logger LOG = LoggerFactory.getLogger(SealingWiring.class);
  private static final String SETTING = "tenure.profile.sealing";
  private static final Duration KEPT_NEAR = Duration.ofHours(12);
  private static final int BATCH = 1_000;

  @Bean
  MasterKeys masterKeys(ProfileProperties properties) {
    ProfileProperties.Sealing sealing = properties.sealing();
    MasterKeys masters =
        new MasterKeys(sealing.keys(), sealing.active(), sealing.cipher(), SETTING);
    if (masters.isEmpty()) {
      LOG.warn("Traits of class C2 are NOT sealed in the stores: no key in {}.keys", SETTING);
    }
    return masters;
  }

  @Bean
  SubjectKeys subjectKeys(
      MasterKeys masters,
      ClickHouse clickHouse,
      Redis redis,
      Clock clock,
      ProfileProperties properties) {
    return new SubjectKeys(
        masters,
        new ClickHouseSubjectKeys(clickHouse),
        new RedisSubjectKeys(redis, KEPT_NEAR),
        clock,
        new SubjectKeys.Settings(
            properties.sealing().cachedUsers(), properties.sealing().cacheTime()));
  }

  @Bean
  SealedNames sealedNames(DataClasses classes, MasterKeys masters) {
    return new SealedNames(classes, !masters.isEmpty());
  }

  @Bean
  TraitSeal traitSeal(SubjectKeys keys, SealedNames names) {
    return new TraitSeal(keys, names);
  }

  @Bean
  KeyRotation keyRotation(SubjectKeys keys) {
    return new KeyRotation(keys, BATCH);
  }

  @Bean
  Resealing resealing(
      ClickHouse clickHouse,
      DataClasses classes,
      SealedNames names,
      Identities identities,
      HotProfiles hot,
      DurableProfiles durable) {
    return new Resealing(
        new ClickHouseStaleForms(clickHouse),
        names,
        new Rewriting(identities, hot, durable),
        BATCH);
  }

  @Bean
  SealingJob sealingJob(
      KeyRotation rotation, Resealing resealing, DurableProfiles migrated, MeterRegistry meters) {
    return new SealingJob(rotation, resealing, meters);
  }
}
