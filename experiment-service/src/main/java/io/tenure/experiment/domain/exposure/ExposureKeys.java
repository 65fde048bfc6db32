package io.tenure.experiment.domain.exposure;

import io.tenure.platform.tenancy.ProjectId;

/** Keeps the secret with which a project's tokens are signed; every replica has the same one. */
@FunctionalInterface
public interface ExposureKeys {

  /**
   * The secret of a project, made when there is none.
   *
   * @throws io.tenure.platform.failure.Failure when it was never read and the store is away
   */
  byte[] of(ProjectId project);
}
