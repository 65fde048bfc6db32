package io.tenure.collector.domain.remoteconfig;

import io.tenure.collector.domain.encryption.EncryptionKey;
import io.tenure.collector.domain.encryption.HeldKey;
import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Hands configurations out to SDKs. */
public final class RemoteConfigs {

  private final ProjectSettings<RemoteConfig> configs;
  private final ProjectSettings<HeldKey> keys;

  /** Hands out these configurations with these keys. */
  public RemoteConfigs(ProjectSettings<RemoteConfig> configs, ProjectSettings<HeldKey> keys) {
    this.configs = configs;
    this.keys = keys;
  }

  /**
   * The document of a platform.
   *
   * @return empty while it could not be read, because an SDK obeys a wrong one for a day
   */
  public Optional<ConfigDocument> document(ProjectId project, Platform platform) {
    if (!configs.ensure(project) || !keys.ensure(project)) {
      return Optional.empty();
    }
    RemoteConfig config = configs.of(project).getOrDefault(platform.id(), RemoteConfig.DEFAULT);
    List<EncryptionKey> known = keys.of(project).values().stream().map(HeldKey::key).toList();
    return Optional.of(ConfigDocument.of(config, known));
  }
}
