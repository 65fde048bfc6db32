package io.tenure.experiment.domain.flag;

import io.tenure.platform.tenancy.ProjectId;

/** Whoever needs flags to stay as they are: experiments that run. */
public interface FlagGuard {

  /**
   * Hears what a flag is about to become.
   *
   * @throws io.tenure.platform.failure.Failure FAILED_PRECONDITION when it must not
   */
  void beforeFlagChange(ProjectId project, Flag before, Flag after);

  /**
   * Hears that a flag is about to be deleted.
   *
   * @throws io.tenure.platform.failure.Failure FAILED_PRECONDITION when it must not
   */
  void beforeFlagDeletion(ProjectId project, String flag);
}
