package io.tenure.collector.store;

import io.tenure.collector.domain.remoteconfig.Platform;
import io.tenure.collector.domain.remoteconfig.RemoteConfig;
import io.tenure.collector.domain.remoteconfig.RemoteConfigStore;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Optional;

/** Configurations as definitions of the kind {@code remote-config}, one for each platform. */
public final class DefinitionRemoteConfigs implements RemoteConfigStore {

  /** The kind of definition. */
  public static final String KIND = "remote-config";

  private final Definitions definitions;

  /** Configurations in definitions of {@link #KIND}. */
  public DefinitionRemoteConfigs(Definitions definitions) {
    this.definitions = definitions;
  }

  /** What a revision says. */
  public static RemoteConfig read(Revision revision) {
    return Json.MAPPER.readValue(revision.body(), RemoteConfig.class);
  }

  @Override
  public Optional<Saved> find(ProjectId project, Platform platform) {
    return definitions.find(project, platform.id()).map(DefinitionRemoteConfigs::saved);
  }

  @Override
  public Saved save(
      ProjectId project, Platform platform, RemoteConfig config, String author, String etag) {
    String body = Json.write(config);
    if (definitions.find(project, platform.id()).isPresent()) {
      return saved(definitions.update(project, platform.id(), body, author, etag));
    }
    if (!etag.isEmpty()) {
      throw Failure.of(
          Reason.ABORTED, "The remote configuration was never saved; its etag must be empty");
    }
    return saved(definitions.create(project, platform.id(), body, author));
  }

  private static Saved saved(Revision revision) {
    return new Saved(read(revision), revision.updateTime(), revision.etag());
  }
}
