package io.tenure.segment.domain.catalogue;

import io.tenure.platform.tenancy.ProjectId;

/** Where tracking plans are. */
public interface PlanSource {

  /** The names in a project's plan. */
  PlannedNames of(ProjectId project);
}
