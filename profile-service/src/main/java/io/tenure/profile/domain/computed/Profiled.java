package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;

/** Who may be computed about. */
@FunctionalInterface
public interface Profiled {

  /** Whether traits may be computed for a user. */
  boolean mayBe(ProjectId project, long userNumber);
}
