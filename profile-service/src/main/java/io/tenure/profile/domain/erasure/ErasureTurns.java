package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;

/** One process at a time leads the erasures of a project. */
public interface ErasureTurns {

  /** Takes or keeps the turn; false when another process has it. */
  boolean take(ProjectId project);

  /** Gives it back. */
  void give(ProjectId project);
}
