package io.tenure.profile.domain.squash;

import io.tenure.platform.tenancy.ProjectId;

/** One process at a time leads the squash of a project. */
public interface SquashTurns {

  /** Takes or keeps the turn; false when another process has it. */
  boolean take(ProjectId project);

  /** Gives it back. */
  void give(ProjectId project);
}
