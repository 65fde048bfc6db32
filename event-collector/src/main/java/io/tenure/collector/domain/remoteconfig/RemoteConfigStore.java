package io.tenure.collector.domain.remoteconfig;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Optional;

/** Keeps the configurations of projects. */
public interface RemoteConfigStore {

  /**
   * A configuration as it was saved.
   *
   * @param etag changes whenever it is saved
   */
  record Saved(RemoteConfig config, Instant updateTime, String etag) {}

  /** The current one; empty when it was never saved. */
  Optional<Saved> find(ProjectId project, Platform platform);

  /**
   * Saves one.
   *
   * @param etag of the one it is based on; empty to replace whatever is current
   * @throws io.tenure.platform.failure.Failure ABORTED when the etag is stale
   */
  Saved save(ProjectId project, Platform platform, RemoteConfig config, String author, String etag);
}
