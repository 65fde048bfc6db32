package io.tenure.profile.domain.identity;

import io.tenure.platform.tenancy.ProjectId;

/** Who has an id now. */
public interface Owners {

  /** The user's number; 0 when nobody has the id. */
  long owner(ProjectId project, IdKind kind, String id);
}
