package io.tenure.collector;

import io.tenure.collector.api.RemoteConfigController;
import io.tenure.collector.api.SdkGrpcService;
import io.tenure.collector.domain.encryption.EncryptionKeys;
import io.tenure.collector.domain.encryption.EnvelopeOpener;
import io.tenure.collector.domain.encryption.HeldKey;
import io.tenure.collector.domain.encryption.KeyStore;
import io.tenure.collector.domain.remoteconfig.RemoteConfig;
import io.tenure.collector.domain.remoteconfig.RemoteConfigStore;
import io.tenure.collector.domain.remoteconfig.RemoteConfigs;
import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.collector.store.DefinitionKeys;
import io.tenure.collector.store.DefinitionRemoteConfigs;
import io.tenure.collector.store.KeptDefinitions;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.seal.SecretSeal;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What SDKs are given, and what opens what they encrypt with it. */
@Configuration(proxyBeanMethods = false)
@Import({RemoteConfigController.class, SdkGrpcService.class})
class SdkWiring {

  @Bean
  DefinitionKeys encryptionKeyStore(
      ClickHouse clickHouse, Redis redis, Clock clock, CollectorProperties properties) {
    return new DefinitionKeys(
        new Definitions(clickHouse, redis, clock, DefinitionKeys.KIND),
        new SecretSeal(properties.secretKey(), "tenure.collector.secret-key"));
  }

  @Bean
  EncryptionKeys encryptionKeys(KeyStore store, Clock clock) {
    return new EncryptionKeys(store, clock);
  }

  @Bean
  KeptDefinitions<HeldKey> heldKeys(
      ClickHouse clickHouse,
      Redis redis,
      Clock clock,
      DefinitionKeys store,
      CollectorProperties properties) {
    return new KeptDefinitions<>(
        new Definitions(clickHouse, redis, clock, DefinitionKeys.KIND),
        file(properties, DefinitionKeys.KIND),
        store::read);
  }

  @Bean
  EnvelopeOpener envelopeOpener(ProjectSettings<HeldKey> keys) {
    return new EnvelopeOpener(keys);
  }

  @Bean
  RemoteConfigStore remoteConfigStore(ClickHouse clickHouse, Redis redis, Clock clock) {
    return new DefinitionRemoteConfigs(
        new Definitions(clickHouse, redis, clock, DefinitionRemoteConfigs.KIND));
  }

  @Bean
  KeptDefinitions<RemoteConfig> keptRemoteConfigs(
      ClickHouse clickHouse, Redis redis, Clock clock, CollectorProperties properties) {
    return new KeptDefinitions<>(
        new Definitions(clickHouse, redis, clock, DefinitionRemoteConfigs.KIND),
        file(properties, DefinitionRemoteConfigs.KIND),
        DefinitionRemoteConfigs::read);
  }

  @Bean
  RemoteConfigs remoteConfigs(
      ProjectSettings<RemoteConfig> configs, ProjectSettings<HeldKey> keys) {
    return new RemoteConfigs(configs, keys);
  }

  private static Path file(CollectorProperties properties, String kind) {
    return properties.dataDirectory().resolve("settings").resolve(kind + ".json");
  }
}
