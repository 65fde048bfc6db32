package io.tenure.profile.domain.seal;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Set;

/** Finds profiles with a trait that lies in another form than its class asks for. */
public interface StaleForms {

  /** Projects with profiles. */
  List<ProjectId> projects();

  /**
   * Users with such a trait.
   *
   * @param sealed names of traits that should be sealed; all others should not
   * @param after user numbers above this one
   */
  List<Long> find(ProjectId project, Set<String> sealed, long after, int limit);
}
