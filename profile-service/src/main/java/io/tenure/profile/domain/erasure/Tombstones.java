package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.GoneUsers;
import java.util.List;

/** The tombstones of all projects, kept for good. */
public interface Tombstones extends GoneUsers {

  /** Those of a project; what was added anywhere before the call is among them. */
  @Override
  Stones of(ProjectId project);

  /** Adds some, durably; again is harmless. */
  void add(ProjectId project, List<Stone> stones);
}
